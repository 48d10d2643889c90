/*
 * Any savefile through the printers, with several sets of options.  Each packet is copied to memory of
 * exactly its captured size, so that a sanitizer sees every read past its end.
 */
#include "memory.h"
#include "pcapfile/savefile.h"
#include "print/print.h"

enum { BATCH = 16, TEXT = 4096 };

static const struct print_options option_sets[] = {
    { .numeric = true },
    { .numeric = true, .verbosity = 3, .link_header = true, .dump = DUMP_HEX_ASCII_LINK },
    { .numeric = true, .quick = true, .time = TIME_DELTA, .dump = DUMP_ASCII },
};

static void discard(void *to, const char *text, size_t n)
{
    (void)to;
    (void)text;
    (void)n;
}

static void print_all(struct rest rest, const struct print_options *options)
{
    const struct savefile_setup setup = { .in = { .read = rest_read, .from = &rest },
                                          .memory = { heap_resize_sized, NULL } };
    char text[TEXT];
    struct out out = out_over(text, sizeof text, discard, NULL);
    struct savefile f;
    struct packet batch[BATCH];
    int n;

    if (savefile_open(&f, &setup)) {
        struct print_run *run = malloc(sizeof *run);
        print_start(run, options, NULL, (struct memory){ heap_resize, NULL }, 1, &out);
        while ((n = savefile_next(&f, batch, BATCH)) > 0) {
            for (int i = 0; i < n; i++) {
                u8 *copy = malloc(batch[i].caplen > 0 ? batch[i].caplen : 1);
                memcpy(copy, batch[i].data, batch[i].caplen);
                batch[i].data = copy;
                print_packet(run, &batch[i]);
                free(copy);
            }
        }
        print_end(run);
        free(run);
    }
    savefile_close(&f);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    for (size_t i = 0; i < countof(option_sets); i++)
        print_all((struct rest){ data, size }, &option_sets[i]);
    return 0;
}
