/*
 * The time synchronization protocol of 4.3BSD's timed.  Gusella and Zatti, "The Berkeley UNIX Time
 * Synchronization Protocol", 1986.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |     type      |    version    |            sequence           |
 *   |  seconds, or: hop count in the first byte                     |
 *   |  microseconds                                                 |
 *   |  name of the sender, ends with a zero byte ...                |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { TYPE, VERSION, SEQUENCE, HOPS = 4, SECONDS = 4, MICROSECONDS = 8, NAME = 12 };

enum { ADJUST_TIME = 1, SET_TIME = 5, SET_DATE = 22, SET_DATE_REQUEST, LOOP };

NAMES(types,
      (0, "TSP_ANY") (1, "TSP_ADJTIME") (2, "TSP_ACK") (3, "TSP_MASTERREQ") (4, "TSP_MASTERACK")
      (5, "TSP_SETTIME") (6, "TSP_MASTERUP") (7, "TSP_SLAVEUP") (8, "TSP_ELECTION")
      (9, "TSP_ACCEPT") (10, "TSP_REFUSE") (11, "TSP_CONFLICT") (12, "TSP_RESOLVE") (13, "TSP_QUIT")
      (14, "TSP_DATE") (15, "TSP_DATEREQ") (16, "TSP_DATEACK") (17, "TSP_TRACEON")
      (18, "TSP_TRACEOFF") (19, "TSP_MSITE") (20, "TSP_MSITEREQ") (21, "TSP_TEST")
      (22, "TSP_SETDATE") (23, "TSP_SETDATEREQ") (24, "TSP_LOOP"));

/* False when the microseconds are negative; as tcpdump, nothing is said then. */
static bool say_time(struct dissect *d, struct view v)
{
    i64 seconds = (int)be32_at(d, v, SECONDS), microseconds = (int)be32_at(d, v, MICROSECONDS);

    if (microseconds < 0)
        return false;
    say_z(d, " time ");
    if (seconds < 0 && microseconds != 0) {
        seconds++;
        if (seconds == 0)
            say_z(d, "-");
        microseconds = 1000000 - microseconds;
    }
    say(d, "%d.%06d", (int)seconds, (int)microseconds);
    return true;
}

void print_timed(struct dissect *d, struct view v)
{
    d->proto = "timed";
    u8 type = u8_at(d, v, TYPE);

    say(d, "%s", name_of(d, &types.names, type, "(tsp_type %#x)"));
    say_at(d, v, " vers %lu", AT_U8(VERSION));
    say_at(d, v, " seq %lu", AT_BE16(SEQUENCE));
    switch (type) {
    case LOOP: say_at(d, v, " hopcnt %lu", AT_U8(HOPS)); break;
    case SET_TIME:
    case ADJUST_TIME:
    case SET_DATE:
    case SET_DATE_REQUEST:
        if (!say_time(d, v))
            return;
        break;
    default: break;
    }
    say_z(d, " name ");
    struct view name = view_from(v, NAME);
    for (u32 i = 0; !d->sealed; i++) {
        u8 c = u8_at(d, name, i);
        if (c == '\0')
            return;
        out_visible(d->out, c);
    }
}
