/*
 * The command line: one table of all options, and what they ask for.
 *
 * Spelling, order and messages are tcpdump's (the differences are listed in docs/differences.md).
 * Nothing here opens or changes anything; values that only the machine can judge, such as an
 * interface's name, are judged where they are used.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "bpf/explain.h"
#include "capture/source_live.h"
#include "cli/colour.h"
#include "cli/console.h"
#include "print/options.h"

enum precision { PRECISION_DEFAULT, PRECISION_MICRO, PRECISION_NANO };

/* -d, -dd, -ddd */
enum listing { LISTING_NONE, LISTING_TEXT, LISTING_C, LISTING_DECIMAL };

/* One interface to capture from. */
struct live_place {
    const char *device; /* NULL: the first of -D, or `any` in another namespace */
    const char *netns;  /* NULL: this one; else as in struct live_options */
};

struct options {
    /* Instead of packets */
    bool list_interfaces; /* -D */
    bool list_clocks;     /* -J */
    bool list_linktypes;  /* -L */
    enum listing listing;

    /* Where packets come from: a file, a list of files, or an interface */
    const char *read_file;           /* -r, "-" for standard input */
    const char *read_list;           /* -V */
    struct live_options live;        /* device and netns are those of the first place */
    const struct live_place *places; /* -i, --netns: at least one; borrowed */
    u32 place_count;
    bool immediate; /* --immediate-mode */

    /* Which packets */
    const char *const *words; /* the expression's, word_count of them; borrowed */
    size_t word_count;
    const char *filter_file; /* -F: instead of the words */
    bool no_optimise;        /* -O */
    bool explain;            /* --explain */
    enum explain_form explain_form;
    bool plain_dialect;      /* --filter-dialect */
    u32 trace_packet;        /* --trace-filter: from 1; 0: not given */
    bool filter_live;        /* --live: compile as for a live socket, without opening one */
    bool netmask_known;
    u32 netmask;     /* --netmask, host byte order */
    u64 skip;        /* --skip: packets passed over, before -c counts */
    u64 limit;       /* -c: packets; 0: all */
    bool count_only; /* --count */

    /* What becomes of them */
    struct print_options print;
    const char *esp_secrets; /* -E; NULL: not given */
    enum colour_when colour; /* --color */
    bool print_also;        /* --print: print in spite of -w */
    bool comments;          /* -k: print the packets' comments */
    bool foreign_numeric;   /* -f */
    bool line_buffered;     /* -l */
    const char *write_file; /* -w, "-" for standard output */
    bool packet_buffered;   /* -U */
    enum precision precision;
    u64 rotate_bytes;             /* -C; 0: never */
    u64 rotate_seconds;           /* -G; 0: never */
    u32 file_count;               /* -W; 0: no limit */
    const char *post_command;     /* -z */
    bool pcapng;                  /* -P */
    const char *comment;          /* --comment: of a pcapng file; NULL: none */
    u64 max_total, max_files;     /* bounds for all files of the run, bytes and number; 0: none */
    u64 stop_bytes, stop_seconds; /* --stop-after; 0: never */
    const char *user;             /* -Z; NULL: not given */
    bool no_sandbox;              /* --no-sandbox */

    /* Private: where -i and --netns are collected; how often a repeatable letter was given */
    struct live_place *place_room;
    u32 times_d, times_q, times_t, times_v, times_x, times_X, times_A;
};

enum options_result {
    OPTIONS_OK,
    OPTIONS_WRONG,   /* a value or a combination is; the message is out */
    OPTIONS_UNKNOWN, /* no such option, or its value is missing: usage is to follow the message */
    OPTIONS_HELP,
    OPTIONS_VERSION,
};

/* Memory for what options refer to; each array has a place for every word of the command line, and
 * one more. */
struct options_room {
    const char **words;
    struct live_place *places;
};

/*
 * Reads the words of a command line, which end with NULL and do not include the program's name.
 * Messages go to the console.  `posix`: the expression ends the options (POSIXLY_CORRECT).
 */
enum options_result options_parse(struct options *o, char *const *words, struct options_room room,
                                  bool posix, const struct console *console);

/* Whether the output file is pcapng, by -P or by its name. */
bool options_pcapng(const struct options *o);

/*
 * A row of the table, for the help text; option_help() is false past the last.  A row with neither
 * letter nor name is the heading of those that follow.
 */
struct option_help {
    char letter;       /* '\0': none */
    const char *name;  /* NULL: none */
    const char *value; /* what the value is called, [=word] when optional; NULL: it takes none */
    const char *text;  /* one line; NULL: an option that does nothing any more */
};
bool option_help(size_t i, struct option_help *help);

#endif
