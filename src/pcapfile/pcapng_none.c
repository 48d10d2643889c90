/* A build that recognises pcapng files and does not read them. */
#include "pcapfile/pcapng.h"
#include "pcapfile/savefile.h"
#include "pcapfile/savefile_private.h"

bool pcapng_recognises(u32 magic) { return magic == BLOCK_SECTION; }

bool pcapng_read_header(struct savefile *f)
{
    return savefile_fail(f, "this small build reads no pcapng files");
}

int pcapng_read_packets(struct savefile *f, struct packet *batch, int max)
{
    (void)f, (void)batch, (void)max;
    return -1;
}

int pcapng_read_buffered(struct savefile *f, struct packet *batch, int max)
{
    (void)f, (void)batch, (void)max;
    return 0;
}

/* Other files have no options. */

struct str savefile_packet_option(const struct savefile *f, const struct packet *p, u16 code, u32 nth)
{
    (void)f, (void)p, (void)code, (void)nth;
    return STR_EMPTY;
}

struct str savefile_interface_option(const struct savefile *f, u32 interface, u16 code, u32 nth)
{
    (void)f, (void)interface, (void)code, (void)nth;
    return STR_EMPTY;
}

struct str savefile_section_option(const struct savefile *f, u16 code, u32 nth)
{
    (void)f, (void)code, (void)nth;
    return STR_EMPTY;
}

struct str savefile_preamble(const struct savefile *f) { return (void)f, STR_EMPTY; }
