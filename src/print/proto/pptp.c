/*
 * PPTP: the control connection of the point-to-point tunneling protocol.  RFC 2637, section 2.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |            length             |         message type          |
 *   |                  magic cookie 0x1a2b3c4d                      |
 *   |     control message type      |           reserved            |
 *   |  fields of a fixed layout by type, see the tables below       |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { LENGTH, MESSAGE_TYPE = 2, COOKIE = 4, CONTROL_TYPE = 8, RESERVED = 10 };
enum { MAGIC = 0x1a2b3c4d };

NAMES(message_types, (1, "CTRL-MSG") (2, "MGMT-MSG"));

static const char *const errors[] = {
    "None", "Not-Connected", "Bad-Format", "Bad-Value", "No-Resource", "Bad-Call-ID", "PAC-Error",
};

/* The outcomes of each kind of request, and of ending things; 0 has no meaning. */
static const char *const start_results[] = {
    NULL,
    "Successful channel establishment",
    "General error",
    "Command channel already exists",
    "Requester is not authorized to establish a command channel",
    "The protocol version of the requester is not supported",
};
static const char *const stop_reasons[] = { NULL, "None", "Stop-Protocol", "Stop-Local-Shutdown" };
static const char *const plain_results[] = { NULL, "OK", "General Error" };
static const char *const outgoing_results[] = {
    NULL, "Connected", "General Error", "No Carrier", "Busy", "No Dial Tone", "Time-out", "Do Not Accept",
};
static const char *const incoming_results[] = { NULL, "Connect", "General Error", "Do Not Accept" };
static const char *const disconnect_results[] = {
    NULL, "Lost Carrier", "General Error", "Admin Shutdown", "Request"
};
static const char *const bearers[] = { NULL, "A", "D", "Any" };
static const char *const framings[] = { NULL, "A", "S", "E" };

/* How a field is shown. */
enum kind {
    END,
    NUMBER16,
    NUMBER32,
    HEX32,
    ZERO8, /* reserved: shown when it is not zero */
    ZERO16,
    VERSION,
    CODE,      /* a byte, with its name */
    TYPE,      /* 32 bits, by name alone */
    FRAMINGS,  /* sets of bits */
    BEARERS,
    TEXT64,
    TEXT128,
    DIGITS64, /* text whose length is in another field */
};

struct field {
    u8 kind, at; /* at: from the beginning of the message */
    const char *label;
    const char *const *names;
    u8 count; /* of names; or where the length is */
};

#define FIELDS_END { END, 0, NULL, NULL, 0 }
#define PLAIN(kind, at, label) { kind, at, label, NULL, 0 }
#define DIGITS(at, label, length_at) { DIGITS64, at, label, NULL, length_at }
#define NAMED(kind, at, label, names) { kind, at, label, names, countof(names) }

static const struct field start_request[] = {
    PLAIN(VERSION, 12, "PROTO_VER"), PLAIN(ZERO16, 14, NULL),
    PLAIN(FRAMINGS, 16, "FRAME_CAP"), PLAIN(BEARERS, 20, "BEARER_CAP"),
    PLAIN(NUMBER16, 24, "MAX_CHAN"), PLAIN(NUMBER16, 26, "FIRM_REV"),
    PLAIN(TEXT64, 28, "HOSTNAME"), PLAIN(TEXT64, 92, "VENDOR"), FIELDS_END,
};

static const struct field start_reply[] = {
    PLAIN(VERSION, 12, "PROTO_VER"), NAMED(CODE, 14, "RESULT_CODE", start_results),
    NAMED(CODE, 15, "ERR_CODE", errors), PLAIN(FRAMINGS, 16, "FRAME_CAP"),
    PLAIN(BEARERS, 20, "BEARER_CAP"), PLAIN(NUMBER16, 24, "MAX_CHAN"),
    PLAIN(NUMBER16, 26, "FIRM_REV"), PLAIN(TEXT64, 28, "HOSTNAME"),
    PLAIN(TEXT64, 92, "VENDOR"), FIELDS_END,
};

static const struct field stop_request[] = {
    NAMED(CODE, 12, "REASON", stop_reasons), PLAIN(ZERO8, 13, NULL), PLAIN(ZERO16, 14, NULL),
    FIELDS_END,
};

static const struct field stop_reply[] = {
    NAMED(CODE, 12, "RESULT_CODE", plain_results), NAMED(CODE, 13, "ERR_CODE", errors),
    PLAIN(ZERO16, 14, NULL), FIELDS_END,
};

static const struct field echo_request[] = { PLAIN(NUMBER32, 12, "ID"), FIELDS_END };

static const struct field echo_reply[] = {
    PLAIN(NUMBER32, 12, "ID"), NAMED(CODE, 16, "RESULT_CODE", plain_results),
    NAMED(CODE, 17, "ERR_CODE", errors), PLAIN(ZERO16, 18, NULL), FIELDS_END,
};

static const struct field outgoing_request[] = {
    PLAIN(NUMBER16, 12, "CALL_ID"), PLAIN(NUMBER16, 14, "CALL_SER_NUM"),
    PLAIN(NUMBER32, 16, "MIN_BPS"), PLAIN(NUMBER32, 20, "MAX_BPS"),
    NAMED(TYPE, 24, "BEARER_TYPE", bearers), NAMED(TYPE, 28, "FRAME_TYPE", framings),
    PLAIN(NUMBER16, 32, "RECV_WIN"), PLAIN(NUMBER16, 34, "PROC_DELAY"),
    PLAIN(NUMBER16, 36, "PHONE_NO_LEN"), PLAIN(ZERO16, 38, NULL),
    DIGITS(40, "PHONE_NO", 36), PLAIN(TEXT64, 104, "SUB_ADDR"), FIELDS_END,
};

static const struct field outgoing_reply[] = {
    PLAIN(NUMBER16, 12, "CALL_ID"), PLAIN(NUMBER16, 14, "PEER_CALL_ID"),
    NAMED(CODE, 16, "RESULT_CODE", outgoing_results), NAMED(CODE, 17, "ERR_CODE", errors),
    PLAIN(NUMBER16, 18, "CAUSE_CODE"), PLAIN(NUMBER32, 20, "CONN_SPEED"),
    PLAIN(NUMBER16, 24, "RECV_WIN"), PLAIN(NUMBER16, 26, "PROC_DELAY"),
    PLAIN(NUMBER32, 28, "PHY_CHAN_ID"), FIELDS_END,
};

static const struct field incoming_request[] = {
    PLAIN(NUMBER16, 12, "CALL_ID"), PLAIN(NUMBER16, 14, "CALL_SER_NUM"),
    NAMED(TYPE, 16, "BEARER_TYPE", bearers), PLAIN(NUMBER32, 20, "PHY_CHAN_ID"),
    PLAIN(NUMBER16, 24, "DIALED_NO_LEN"), PLAIN(NUMBER16, 26, "DIALING_NO_LEN"),
    DIGITS(28, "DIALED_NO", 24), DIGITS(92, "DIALING_NO", 26),
    PLAIN(TEXT64, 156, "SUB_ADDR"), FIELDS_END,
};

static const struct field incoming_reply[] = {
    PLAIN(NUMBER16, 12, "CALL_ID"), PLAIN(NUMBER16, 14, "PEER_CALL_ID"),
    NAMED(CODE, 16, "RESULT_CODE", incoming_results), NAMED(CODE, 17, "ERR_CODE", errors),
    PLAIN(NUMBER16, 18, "RECV_WIN"), PLAIN(NUMBER16, 20, "PROC_DELAY"), PLAIN(ZERO16, 22, NULL),
    FIELDS_END,
};

static const struct field incoming_connected[] = {
    PLAIN(NUMBER16, 12, "PEER_CALL_ID"), PLAIN(ZERO16, 14, NULL),
    PLAIN(NUMBER32, 16, "CONN_SPEED"), PLAIN(NUMBER16, 20, "RECV_WIN"),
    PLAIN(NUMBER16, 22, "PROC_DELAY"), NAMED(TYPE, 24, "FRAME_TYPE", framings), FIELDS_END,
};

static const struct field clear_request[] = {
    PLAIN(NUMBER16, 12, "CALL_ID"), PLAIN(ZERO16, 14, NULL), FIELDS_END
};

static const struct field disconnect[] = {
    PLAIN(NUMBER16, 12, "CALL_ID"), NAMED(CODE, 14, "RESULT_CODE", disconnect_results),
    NAMED(CODE, 15, "ERR_CODE", errors), PLAIN(NUMBER16, 16, "CAUSE_CODE"),
    PLAIN(ZERO16, 18, NULL), PLAIN(TEXT128, 20, "CALL_STATS"), FIELDS_END,
};

static const struct field wan_error[] = {
    PLAIN(NUMBER16, 12, "PEER_CALL_ID"), PLAIN(ZERO16, 14, NULL), PLAIN(NUMBER32, 16, "CRC_ERR"),
    PLAIN(NUMBER32, 20, "FRAMING_ERR"), PLAIN(NUMBER32, 24, "HARDWARE_OVERRUN"),
    PLAIN(NUMBER32, 28, "BUFFER_OVERRUN"), PLAIN(NUMBER32, 32, "TIMEOUT_ERR"),
    PLAIN(NUMBER32, 36, "ALIGN_ERR"), FIELDS_END,
};

static const struct field set_link_info[] = {
    PLAIN(NUMBER16, 12, "PEER_CALL_ID"), PLAIN(ZERO16, 14, NULL), PLAIN(HEX32, 16, "SEND_ACCM"),
    PLAIN(HEX32, 20, "RECV_ACCM"), FIELDS_END,
};

static const struct {
    const char *name;
    const struct field *fields;
} messages[] = {
    { "NOT_DEFINED", NULL },
    { "SCCRQ", start_request },
    { "SCCRP", start_reply },
    { "StopCCRQ", stop_request },
    { "StopCCRP", stop_reply },
    { "ECHORQ", echo_request },
    { "ECHORP", echo_reply },
    { "OCRQ", outgoing_request },
    { "OCRP", outgoing_reply },
    { "ICRQ", incoming_request },
    { "ICRP", incoming_reply },
    { "ICCN", incoming_connected },
    { "CCRQ", clear_request },
    { "CDN", disconnect },
    { "WEN", wan_error },
    { "SLI", set_link_info },
};

static void say_reserved(struct dissect *d, u32 value)
{
    if (value != 0)
        say(d, " [ERROR: reserved=%u must be zero]", value);
}

/* The letters of a set of two bits. */
static void say_bits(struct dissect *d, u32 bits, const char *lower, const char *higher)
{
    if ((bits & 1) != 0)
        say_z(d, lower);
    if ((bits & 2) != 0)
        say_z(d, higher);
    say_z(d, ")");
}

static void say_text(struct dissect *d, struct view v, const struct field *f, u32 n)
{
    say(d, " %s(", f->label);
    if (!say_until_nul(d, view_sub(v, f->at, n)))
        seal(d);
    say_z(d, ")");
}

/* A code with its name when there is room for words. */
static void say_code(struct dissect *d, u32 code, const struct field *f)
{
    say(d, " %s(%u", f->label, code);
    if (verbose(d, 1))
        say(d, ":%s", name_in(d, f->names, f->count, code, "?"));
    say_z(d, ")");
}

static void say_field(struct dissect *d, struct view v, const struct field *f)
{
    switch (f->kind) {
    case NUMBER16: say_at(d, v, " %s(%lu)", f->label, AT_BE16(f->at)); break;
    case NUMBER32: say_at(d, v, " %s(%lu)", f->label, AT_BE32(f->at)); break;
    case HEX32: say_at(d, v, " %s(0x%08lx)", f->label, AT_BE32(f->at)); break;
    case ZERO8: say_reserved(d, u8_at(d, v, f->at)); break;
    case ZERO16: say_reserved(d, be16_at(d, v, f->at)); break;
    case VERSION:
        say_at(d, v, " %s(%lu.%lu)", f->label, AT_U8(f->at), AT_U8(f->at + 1u));
        break;
    case CODE: say_code(d, u8_at(d, v, f->at), f); break;
    case TYPE:
        say(d, " %s(%s)", f->label, name_in(d, f->names, f->count, be32_at(d, v, f->at), "?"));
        break;
    case FRAMINGS:
        say(d, " %s(", f->label);
        say_bits(d, be32_at(d, v, f->at), "A", "S");
        break;
    case BEARERS: {
        u32 bits = be32_at(d, v, f->at);
        say(d, " %s(", f->label);
        say_bits(d, (bits >> 1 & 1) | bits << 1, "D", "A"); /* as tcpdump, the higher bit first */
        break;
    }
    case TEXT64: say_text(d, v, f, 64); break;
    case TEXT128: say_text(d, v, f, 128); break;
    case DIGITS64: {
        u32 n = be16_at(d, v, f->count);
        say_text(d, v, f, n < 64 ? n : 64);
        break;
    }
    default: break;
    }
}

void print_pptp(struct dissect *d, struct view v)
{
    d->proto = "pptp";
    say_z(d, ": pptp");
    if (verbose(d, 1)) {
        say_at(d, v, " Length=%lu", AT_BE16(LENGTH));
        say(d, " %s", name_of(d, &message_types.names, be16_at(d, v, MESSAGE_TYPE), "UNKNOWN-MSG-TYPE"));
    }
    u32 cookie = be32_at(d, v, COOKIE);
    if (cookie != MAGIC)
        say(d, " UNEXPECTED Magic-Cookie!!(%08x)", cookie);
    if (verbose(d, 1) || cookie != MAGIC)
        say(d, " Magic-Cookie=%08x", cookie);
    u16 type = be16_at(d, v, CONTROL_TYPE);
    if (type >= countof(messages)) {
        say(d, " UNKNOWN_CTRL_MSGTYPE(%u)", type);
        say_reserved(d, be16_at(d, v, RESERVED));
        return;
    }
    say(d, " CTRL_MSGTYPE=%s", messages[type].name);
    say_reserved(d, be16_at(d, v, RESERVED));
    for (const struct field *f = messages[type].fields; f != NULL && f->kind != END; f++)
        say_field(d, v, f);
}
