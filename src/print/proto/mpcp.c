/*
 * MAC control: pause frames, and the multi-point control protocol of passive optical networks.
 * IEEE 802.3-2012, clauses 31 and 64.3.6.
 *
 *   opcode 16, and unless it is a pause: time stamp 32, then
 *
 *   gate             flags and number of grants 8, grants: start 32, length 16; sync time 16
 *   report           number of queue sets 8, sets: bitmap 8, length of each queue in it 16
 *   register request flags 8, pending grants 8
 *   register         assigned port 16, flags 8, sync time 16, echoed pending grants 8
 *   register ack     flags 8, echoed port 16, echoed sync time 16
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { OPCODE, TIMESTAMP = 2, HEADER_LEN = 6 };

enum { PAUSE = 1, GATE, REPORT, REGISTER_REQUEST, REGISTER, REGISTER_ACK };

NAMES(opcodes,
      (PAUSE, "Pause") (GATE, "Gate") (REPORT, "Report") (REGISTER_REQUEST, "Register Request")
      (REGISTER, "Register") (REGISTER_ACK, "Register ACK"));

enum { GRANT_COUNT = 0x07, GRANT_START = 0, GRANT_DURATION = 4, GRANT_LEN = 6 };

NAMES(gate_flags,
      (0x08, "Discovery") (0x10, "Force Grant #1") (0x20, "Force Grant #2")
      (0x40, "Force Grant #3") (0x80, "Force Grant #4"));

NAMES(queues,
      (0x01, "Q0") (0x02, "Q1") (0x04, "Q2") (0x08, "Q3")
      (0x10, "Q4") (0x20, "Q5") (0x40, "Q6") (0x80, "Q7"));

/* as tcpdump: these are numbers, but each is said whose bits are all set */
static const char *const request_codes[] = { NULL, "Register", NULL, "De-Register" };
static const char *const register_codes[] = { NULL, "Re-Register", "De-Register", "ACK", "NACK" };
static const char *const ack_codes[] = { "NACK", "ACK" };

static void say_codes(struct dissect *d, const char *const *names, u32 n, u8 value)
{
    const char *separator = "";

    say_z(d, "Flags [ ");
    for (u32 code = 1; code < n; code++)
        if (names[code] != NULL && (value & code) == code) {
            say(d, "%s%s", separator, names[code]);
            separator = ", ";
        }
    say(d, "%s ]", *separator == '\0' ? "Reserved" : "");
}

static void say_gate(struct dissect *d, struct view v)
{
    u8 first = u8_at(d, v, 0), flags = first & (u8)~GRANT_COUNT;
    u32 grants = first & GRANT_COUNT;

    say(d, "\n\tGrant Numbers %u, Flags [ %s ]", grants,
        flags == 0 ? "?" : flags_of(d, &gate_flags.names, flags, ", ", "?"));
    v = view_from(v, 1);
    for (u32 i = 0; repeat(d, i, grants); i++, v = view_from(v, GRANT_LEN))
        say_at(d, v, "\n\tGrant #%u, Start-Time %lu ticks, duration %lu ticks", i + 1,
               AT_BE32(GRANT_START), AT_BE16(GRANT_DURATION));
    say_at(d, v, "\n\tSync-Time %lu ticks", AT_BE16(0));
}

static void say_report(struct dissect *d, struct view v)
{
    u32 sets = u8_at(d, v, 0);

    say(d, "\n\tTotal Queue-Sets %u", sets);
    v = view_from(v, 1);
    for (u32 left = sets; left > 1 && !d->sealed; left--) { /* as tcpdump: not the last one */
        u8 bitmap = u8_at(d, v, 0);
        say(d, "\n\t  Queue-Set #%u, Report-Bitmap [ %s ]", sets,
            bitmap == 0 ? "Unknown" : flags_of(d, &queues.names, bitmap, ", ", "Unknown"));
        v = view_from(v, 1);
        for (u32 queue = 0; queue < 8; queue++)
            if ((bitmap >> queue & 1) != 0) {
                say_at(d, v, "\n\t    Q%u Report, Duration %lu ticks", queue + 1, AT_BE16(0));
                v = view_from(v, 2);
            }
    }
}

static void say_request(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, 2))
        return;
    say_z(d, "\n\t");
    say_codes(d, request_codes, countof(request_codes), u8_at(d, v, 0));
    say_at(d, v, ", Pending-Grants %lu", AT_U8(1));
}

static void say_register(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, 6))
        return;
    say_at(d, v, "\n\tAssigned-Port %lu, ", AT_BE16(0));
    say_codes(d, register_codes, countof(register_codes), u8_at(d, v, 2));
    say_at(d, v, "\n\tSync-Time %lu ticks, Echoed-Pending-Grants %lu", AT_BE16(3), AT_U8(5));
}

static void say_ack(struct dissect *d, struct view v)
{
    if (!need(d, v, 0, 5))
        return;
    say_at(d, v, "\n\tEchoed-Assigned-Port %lu, ", AT_BE16(1));
    say_codes(d, ack_codes, countof(ack_codes), u8_at(d, v, 0));
    say_at(d, v, "\n\tEchoed-Sync-Time %lu ticks", AT_BE16(3));
}

void print_mpcp(struct dissect *d, struct view v)
{
    d->proto = "mpcp";
    if (!need(d, v, 0, HEADER_LEN))
        return;
    u16 opcode = be16_at(d, v, OPCODE);
    struct view body = view_from(v, HEADER_LEN);

    say(d, "MPCP, Opcode %s", name_of(d, &opcodes.names, opcode, "Unknown (%u)"));
    if (opcode != PAUSE)
        say_at(d, v, ", Timestamp %lu ticks", AT_BE32(TIMESTAMP));
    say(d, ", length %u", v.len);
    if (!verbose(d, 1))
        return;
    switch (opcode) {
    case PAUSE: break;
    case GATE: say_gate(d, body); break;
    case REPORT: say_report(d, body); break;
    case REGISTER_REQUEST: say_request(d, body); break;
    case REGISTER: say_register(d, body); break;
    case REGISTER_ACK: say_ack(d, body); break;
    default: hexdump(d->out, "\n\t", v); return;
    }
}
