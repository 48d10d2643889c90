/* Any bytes as a savefile: every packet, block, name and option is read to its last byte. */
#include "memory.h"
#include "pcapfile/pcapng.h"
#include "pcapfile/savefile.h"

enum { BATCH = 16, OPTIONS = 16 };

static volatile u8 sum; /* so that no read is optimised away */

static void look_at(const void *bytes, size_t n)
{
    const u8 *p = bytes;
    for (size_t i = 0; i < n; i++)
        sum = (u8)(sum + p[i]);
}

static void look_at_text(struct str s)
{
    look_at(s.p, s.len);
}

static void see_block(void *context, const struct savefile *f, const struct savefile_block *block)
{
    (void)context;
    look_at(block->bytes, block->len);
    for (u16 code = 0; code < OPTIONS; code++)
        look_at_text(savefile_section_option(f, code, 0));
}

static void see_name(void *context, const u8 *address, u32 len, struct str name)
{
    (void)context;
    look_at(address, len);
    look_at_text(name);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    struct rest rest = { data, size };
    const struct savefile_setup setup = {
        .in = { rest_read, &rest },
        .memory = { heap_resize_sized, NULL },
        .block = see_block,
        .name = see_name,
    };
    struct savefile f;
    struct packet batch[BATCH];
    int n;

    if (savefile_open(&f, &setup)) {
        while ((n = savefile_next(&f, batch, BATCH)) > 0) {
            for (int i = 0; i < n; i++) {
                look_at(batch[i].data, batch[i].caplen);
                look_at_text(batch[i].record);
                for (u16 code = 0; code < OPTIONS; code++) {
                    look_at_text(savefile_packet_option(&f, &batch[i], code, 0));
                    look_at_text(savefile_interface_option(&f, batch[i].interface, code, 0));
                }
            }
        }
        look_at_text(savefile_preamble(&f));
    }
    look_at(f.error, strlen(f.error));
    savefile_close(&f);
    return 0;
}
