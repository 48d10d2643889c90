/*
 * Telnet: the commands among the data.  RFC 854 (commands), 855 (options), 2941 (authentication),
 * 2946 (encryption) and the option RFCs of IANA's "Telnet Options".
 *
 *   IAC verb                                    NOP, AYT, ...
 *   IAC WILL|WONT|DO|DONT option
 *   IAC SB option parameters IAC SE             subnegotiation
 *
 * Data is not shown, and nothing behind the first byte of data in a segment.
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum verb { FIRST = 236, SE = 240, SB = 250, WILL, WONT, DO, DONT, IAC };

static const char *const verbs[] = {
    "EOF", "SUSP", "ABORT", "EOR", "SE", "NOP",  "DMARK", "BRK", "IP",   "AO",
    "AYT", "EC",   "EL",    "GA",  "SB", "WILL", "WONT",  "DO",  "DONT", "IAC",
};

enum option { AUTHENTICATION = 37, ENCRYPT = 38 };

static const char *const options[] = {
    "BINARY",      "ECHO",          "RCP",            "SUPPRESS GO AHEAD",
    "NAME",        "STATUS",        "TIMING MARK",    "RCTE",
    "NAOL",        "NAOP",          "NAOCRD",         "NAOHTS",
    "NAOHTD",      "NAOFFD",        "NAOVTS",         "NAOVTD",
    "NAOLFD",      "EXTEND ASCII",  "LOGOUT",         "BYTE MACRO",
    "DATA ENTRY TERMINAL", "SUPDUP", "SUPDUP OUTPUT", "SEND LOCATION",
    "TERMINAL TYPE", "END OF RECORD", "TACACS UID",   "OUTPUT MARKING",
    "TTYLOC",      "3270 REGIME",   "X.3 PAD",        "NAWS",
    "TSPEED",      "LFLOW",         "LINEMODE",       "XDISPLOC",
    "OLD-ENVIRON", "AUTHENTICATION", "ENCRYPT",       "NEW-ENVIRON",
};

/* The first parameter of most subnegotiations, and the first two of the other ones. */
static const char *const requests[] = { "IS", "SEND", "INFO" };

static const char *const authentication_requests[] = { "IS", "SEND", "REPLY", "NAME" };

static const char *const authentication_types[] = {
    "NULL", "KERBEROS_V4", "KERBEROS_V5", "SPX", "MINK",   "SRP",          "RSA", "SSL",
    NULL,   NULL,          "LOKI",        "SSA", "KEA_SJ", "KEA_SJ_INTEG", "DSS", "NTLM",
};

static const char *const encryption_requests[] = {
    "IS", "SUPPORT", "REPLY", "START", "END", "REQUEST-START", "REQUEST-END", "END_KEYID",
    "DEC_KEYID",
};

static const char *const encryption_types[] = {
    "NULL",           "DES_CFB64",      "DES_OFB64",     "DES3_CFB64",    "DES3_OFB64", NULL,
    "CAST5_40_CFB64", "CAST5_40_OFB64", "CAST128_CFB64", "CAST128_OFB64",
};

enum { OPTION_AT = 2, PARAMETERS_AT = 3 };

/* Where the IAC SE behind the parameters of a subnegotiation stands; 0 when it has none. */
static u32 find_end(struct dissect *d, struct view v)
{
    u32 at = PARAMETERS_AT;

    for (; at + 1 < v.len && !d->sealed; at++)
        if (u8_at(d, v, at) == IAC && u8_at(d, v, at + 1) == SE)
            return at;
    return u8_at(d, v, at) == IAC ? at : 0; /* as tcpdump: the last byte may stand for both */
}

/* The bytes of the command that `v` begins with; 0 when it begins with something else. */
static u32 command_length(struct dissect *d, struct view v)
{
    if (u8_at(d, v, 0) != IAC || v.len < OPTION_AT)
        return 0;
    u8 verb = u8_at(d, v, 1);
    if (verb < FIRST)
        return 0;
    if (verb < SB || verb == IAC)
        return OPTION_AT;
    if (v.len < PARAMETERS_AT)
        return 0;
    if (verb != SB)
        return need(d, v, OPTION_AT, 1) ? PARAMETERS_AT : 0;
    u32 end = find_end(d, v);
    return end == 0 ? 0 : end + 2;
}

static const char *text_or_hex(struct dissect *d, const char *const *texts, u32 n, u8 value)
{
    return name_in(d, texts, n, value, "%#x");
}

/* The parameters of a subnegotiation, without what ends it. */
static void say_parameters(struct dissect *d, u8 option, struct view v)
{
    u32 at = 0;

    if (v.len > at && option == AUTHENTICATION) {
        say(d, " %s", text_or_hex(d, authentication_requests, countof(authentication_requests),
                                  u8_at(d, v, at++)));
        if (v.len > at)
            say(d, " %s", text_or_hex(d, authentication_types, countof(authentication_types),
                                      u8_at(d, v, at++)));
    } else if (v.len > at && option == ENCRYPT) {
        say(d, " %s", text_or_hex(d, encryption_requests, countof(encryption_requests),
                                  u8_at(d, v, at++)));
        if (v.len > at)
            say(d, " %s", text_or_hex(d, encryption_types, countof(encryption_types),
                                      u8_at(d, v, at++)));
    } else if (v.len > at) {
        say(d, " %s", text_or_hex(d, requests, countof(requests), u8_at(d, v, at++)));
    }
    for (; at < v.len; at++)
        say_at(d, v, " %#lx", AT_U8(at));
    say_z(d, " SE");
}

static void say_command(struct dissect *d, struct view v, u32 length)
{
    u8 verb = u8_at(d, v, 1);

    if (verb == IAC) {
        say_z(d, "IAC IAC");
        return;
    }
    say_z(d, verbs[verb - FIRST]);
    if (verb < SB)
        return;
    u8 option = u8_at(d, v, OPTION_AT);
    say(d, " %s", text_or_hex(d, options, countof(options), option));
    if (verb == SB)
        say_parameters(d, option, view_sub(v, PARAMETERS_AT, length - PARAMETERS_AT - 2));
}

/* With -X -vvv every command is dumped as well, on a line of its own. */
static void say_bytes(struct dissect *d, struct view v, u32 length, u32 offset)
{
    hexdump_from(d->out, "\n", view_clip(v, length), offset);
    if (!need(d, v, 0, length))
        return;
    if (length > 8)
        say_z(d, "\n\t\t\t\t");
    else
        say(d, "%*s\t", (int)(8 - length) * 3, "");
}

void print_telnet(struct dissect *d, struct view v)
{
    bool dump = d->opt->dump == DUMP_HEX_ASCII || d->opt->dump == DUMP_HEX_ASCII_LINK;
    struct view all = v;
    bool first = true;

    d->proto = "telnet";
    dump = dump && verbose(d, 3);
    while (v.len > 0) {
        u32 length = command_length(d, v);
        if (length == 0 || d->sealed)
            break;
        if (dump) {
            if (first)
                say_z(d, "\nTelnet:");
            say_bytes(d, v, length, view_offset(all, v));
        } else {
            say_z(d, first ? " [telnet " : ", ");
        }
        say_command(d, v, length);
        if (!need(d, v, 0, length)) /* a subnegotiation that is not ended */
            return;
        first = false;
        v = view_from(v, length);
    }
    if (!first)
        say_z(d, dump ? "\n" : "]");
}
