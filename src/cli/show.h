/* Packets as text on standard output. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "capture/source.h"
#include "cli/options.h"
#include "cli/secrets.h"
#include "cli/text.h"
#include "names/system.h"
#include "print/print.h"

struct show {
    struct text text;
    bool started;
    bool comments;         /* -k */
    struct source *source; /* where the packets are from; borrowed */
    u32 interface;         /* of the packet being printed */
    struct secret_store secrets; /* -E */
    struct print_run printer;
};

/* Opens what -E asks for.  False, with the reason on the console, when it cannot be had. */
bool show_secrets(struct show *s, const struct options *options, const struct console *console);

/*
 * Prepares printing packets of a source.  Everything that has to be read for that, time zone
 * included, is read now.  The struct must not move, and `names` and the source must live as long.
 */
void show_start(struct show *s, const struct options *options, struct names *names,
                struct source *source);

/* Another savefile has taken the source's place. */
void show_source(struct show *s, struct source *source);

void show_packets(struct show *s, const struct packet *batch, u32 n);

/* Packets that are not shown and count for -# all the same. */
void show_passed_over(struct show *s, u32 n);

/* Frees what printing has remembered. */
void show_end(struct show *s);

#endif
