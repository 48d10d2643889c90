/*
 * Saving packets, -w: the present output file, and when to change to the next one.
 *
 * Whatever fails is told on the console at once, with the file's name and the cause.
 */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include "cli/console.h"
#include "cli/options.h"
#include "cli/postrotate.h"
#include "cli/rotate.h"
#include "cli/write.h"
#include "pcapfile/savefile.h"

struct save {
    struct writer writer;
    struct rotation rotation;
    struct pcap_header header;
    bool rotates, each_packet; /* -C or -G; -U */
    struct postrotate post;    /* -z */
    const struct console *console;
};

enum save_result {
    SAVE_OK,
    SAVE_DONE,   /* -G -W: the last file is complete, nothing more is to be saved */
    SAVE_FAILED, /* the reason is on the console */
};

/*
 * Opens the first file.  `post`, of which a copy is taken, is told about each file that is
 * complete. `now_s`, here and below: the time of day in seconds since 1970, for -G.
 */
enum save_result save_open(struct save *s, const struct options *options,
                           const struct pcap_header *header, struct postrotate post, i64 now_s,
                           const struct console *console);

/*
 * Says where the packets of the following batches come from: a savefile whose records can be copied
 * as they stand if it is like the file being written.  NULL for live packets.
 */
void save_source(struct save *s, const struct savefile *from);

/* Saves packets, in new files as it is time for them.  `*saved`: how many of them. */
enum save_result save_packets(struct save *s, const struct packet *batch, u32 n, i64 now_s,
                              u32 *saved);

/* Begins a new file if its time has come, though no packet has: -G goes by the clock. */
enum save_result save_tick(struct save *s, i64 now_s);

/* When save_tick() will have something to do, seconds since 1970; INT64_MAX: never. */
i64 save_deadline(const struct save *s);

/*
 * After a batch of packets, or when idle: with -U, and when a pipe or a terminal takes the packets,
 * everything has gone out now.
 */
enum save_result save_settle(struct save *s);

/* Writes what is buffered, as SIGUSR2 asks for. */
enum save_result save_flush(struct save *s);

/* Completes the present file. */
enum save_result save_close(struct save *s);

/* Frees the memory.  Not a substitute for save_close(). */
void save_free(struct save *s);

#endif
