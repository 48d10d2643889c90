/*
 * Any bytes as the payload of any protocol in the registry.
 *
 *   byte 0: the space of the registry;  byte 1: its row;  byte 2: options, see below;  then the payload
 *
 * What the row needs in front is made up (frames.h), so each printer gets its bytes at once, and printers
 * that are added later are found by themselves.  The packet is printed at every verbosity and, in one of
 * them, cut at every length (of a long one: at CUTS lengths), each time from memory of exactly its size.
 */
#include <stdlib.h>

#include "frames.h"
#include "memory.h"
#include "print/print.h"

enum { SPACE, ROW, OPTIONS, HEADER };
/* Byte 2, beside the options of a frame. */
enum { VERBOSE = 7, LINK_HEADER = 16, QUICK = 32, DUMPED = 64 };
enum { CUTS = 128, TEXT = 4096, VERBOSITIES = 5 };

static void discard(void *to, const char *text, size_t n)
{
    (void)to, (void)text, (void)n;
}

/* The first `size` bytes of the frame. */
static void print_cut(struct print_run *run, const struct frame *f, u32 size)
{
    u8 *copy = malloc(size > 0 ? size : 1);
    memcpy(copy, f->bytes, size);
    const struct packet packet = {
        .data = copy, .caplen = size, .len = f->size, .linktype = f->linktype
    };
    print_packet(run, &packet);
    free(copy);
}

static void print_frame(const struct frame *f, u8 options, u8 verbosity, bool cut)
{
    const struct print_options chosen = {
        .numeric = true,
        .verbosity = verbosity,
        .forced = f->forced,
        .link_header = options & LINK_HEADER,
        .quick = options & QUICK,
        .dump = options & DUMPED ? DUMP_HEX_ASCII : DUMP_NONE,
    };
    char text[TEXT];
    struct out out = out_over(text, sizeof text, discard, NULL);
    struct print_run *run = malloc(sizeof *run);

    print_start(run, &chosen, NULL, (struct memory){ heap_resize, NULL }, 1, &out);
    print_cut(run, f, f->size);
    print_cut(run, f, f->size); /* some printers remember */
    const u32 step = f->size / CUTS + 1;
    for (u32 size = 0; cut && size < f->size; size += step)
        print_cut(run, f, size);
    print_end(run);
    free(run);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static struct frame f;

    if (size < HEADER || size - HEADER > FRAME_PAYLOAD_MAX)
        return 0;
    const u8 options = data[OPTIONS];
    const u32 payload = (u32)size - HEADER;
    frame_begin(&f, data[SPACE], data[ROW], options, payload);
    memcpy(f.bytes + f.size, data + HEADER, payload);
    f.size += payload;
    for (u8 verbosity = 0; verbosity < VERBOSITIES; verbosity++)
        print_frame(&f, options, verbosity, (options & VERBOSE) % VERBOSITIES == verbosity);
    return 0;
}
