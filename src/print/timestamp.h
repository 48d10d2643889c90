/* The time stamp at the beginning of a line, in the five styles of -t. */
#ifndef PRINT_TIMESTAMP_H
#define PRINT_TIMESTAMP_H

#include "base/out.h"
#include "base/packet.h"
#include "print/options.h"

/* What is remembered between packets.  Start with zero. */
struct timestamps {
    bool started;
    i64 first_ns, previous_ns;
    /* the second that was broken down last, as text: that of most packets is the same */
    u64 second_ns; /* its begin, as `ts_ns` modulo 2^64 */
    i64 minute;    /* ... and in whole minutes since 1970, UTC */
    u8 text_len;   /* 0: none has been */
    char text[40]; /* "HH:MM:SS." with the date before it in TIME_DATE; "1234567890." in TIME_SECONDS */
};

/* Writes the packet's stamp and the blank behind it; nothing for TIME_NONE. */
void timestamp_print(struct timestamps *t, struct out *o, const struct print_options *opt,
                     const struct packet *p);

/* Local date and time of day, "2019-05-29 20:36:39", of seconds since 1970. */
void timestamp_print_date(struct out *o, const struct print_options *opt, i64 seconds);

#endif
