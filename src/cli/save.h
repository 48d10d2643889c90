/*
 * Saving packets, -w: the present output file, its format, and when to change to the next one.
 *
 * Whatever fails is told on the console at once, with the file's name and the cause.
 */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include "capture/source.h"
#include "cli/console.h"
#include "cli/kept.h"
#include "cli/options.h"
#include "cli/postrotate.h"
#include "cli/rotate.h"
#include "cli/write_ng.h"

struct save {
    const struct options *options; /* borrowed */
    const struct console *console;
    bool wanted;     /* -w was given */
    bool ng;         /* pcapng instead of pcap */
    bool one_by_one; /* each packet may be the first of a new file, or one too many */
    struct writer writer;
    struct rotation rotation;
    struct pcap_output pcap;
    struct ng_output ng_output;
    struct pcapng_interface *interfaces; /* owned */
    struct kept kept;
    struct postrotate post;
    u64 finished_bytes; /* in files that are complete, deleted ones included */
    char part[sizeof((struct rotation *)0)->name + 8]; /* where a bounded run's file is written */
    u8 *early; /* owned: blocks that came before the first file was open */
    size_t early_len, early_room;
    struct source *source; /* where packets come from at present; borrowed */
    i64 began_ns;          /* since 1970 */
    char os[160];          /* the system's name, for pcapng */
    bool leaves_out;       /* the source is a pcapng file, the output is not */
    bool told_left_out;    /* that this loses something */
};

enum save_result {
    SAVE_OK,
    SAVE_DONE,    /* nothing more is to be saved, as the options say */
    SAVE_FAILED,  /* writing did; the reason is on the console */
    SAVE_REFUSED, /* what is to be saved does not fit the format, or cannot be read any more; told
                   * on the console */
};

/* Before anything else; no file yet. */
void save_start(struct save *s, const struct options *options, const struct console *console);

/*
 * Opens the first file, for packets of a source whose filter has the text `filter`.  `post` is told
 * about each file that is complete.  `now_s`, here and below: the time of day in seconds since
 * 1970, for -G.
 */
enum save_result save_open(struct save *s, struct source *source, struct str filter,
                           struct postrotate post, i64 now_s);

/* The next savefile of -V takes the place of the present one. */
enum save_result save_source(struct save *s, struct source *source);

/* A block of a pcapng file that is being read. */
enum save_result save_block(struct save *s, const struct savefile_block *block);

/* Saves packets, in new files as it is time for them.  `*saved`: how many of them. */
enum save_result save_packets(struct save *s, const struct packet *batch, u32 n, i64 now_s,
                              u32 *saved);

/* Begins a new file if its time has come, though no packet has: -G goes by the clock. */
enum save_result save_tick(struct save *s, i64 now_s);

/* When save_tick() will have something to do, seconds since 1970; INT64_MAX: never. */
i64 save_deadline(const struct save *s);

/*
 * After a batch of packets: with -U, and when a pipe or a terminal takes the packets, everything goes
 * out now.  So it does when `idle`, as no further packet is waiting.
 */
enum save_result save_settle(struct save *s, bool idle);

/* Writes what is buffered, as SIGUSR2 asks for. */
enum save_result save_flush(struct save *s);

/* Completes the present file; pcapng ones get the counters of the source. */
enum save_result save_close(struct save *s);

/* Frees the memory.  Not a substitute for save_close(). */
void save_free(struct save *s);

#endif
