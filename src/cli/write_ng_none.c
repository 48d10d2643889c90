/* A build that writes no pcapng files: nothing but the first function is called. */
#include "cli/write_ng.h"

bool ng_output_exists(void) { return false; }

size_t ng_whole_records(const u8 *bytes, size_t n, bool first)
{
    (void)bytes, (void)n, (void)first;
    return 0;
}

bool ng_output_begin(const struct ng_output *o, struct writer *w) { return (void)o, (void)w, false; }

enum write_result ng_output_packets(struct ng_output *o, struct writer *w, const struct packet *batch, u32 n,
                                    u32 *done)
{
    (void)o, (void)w, (void)batch, (void)n, (void)done;
    return WRITE_FAILED;
}

u64 ng_output_size(const struct ng_output *o, const struct packet *p) { return (void)o, (void)p, 0; }

bool ng_output_block(const struct ng_output *o, struct writer *w, const struct savefile_block *block)
{
    (void)o, (void)w, (void)block;
    return false;
}

bool ng_output_statistics(struct writer *w, const struct pcapng_statistics *s)
{
    return (void)w, (void)s, false;
}
