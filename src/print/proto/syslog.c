/* Syslog, the BSD protocol: a priority in angle brackets, then text.  RFC 3164, section 4. */
#include "print/hexdump.h"
#include "print/printer.h"

enum { DIGITS_MAX = 3 };

NAMES(facilities,
      (0, "kernel") (1, "user") (2, "mail") (3, "daemon") (4, "auth") (5, "syslog") (6, "lpr")
      (7, "news") (8, "uucp") (9, "cron") (10, "authpriv") (11, "ftp") (12, "ntp") (13, "security")
      (14, "console") (15, "cron") (16, "local0") (17, "local1") (18, "local2") (19, "local3")
      (20, "local4") (21, "local5") (22, "local6") (23, "local7"));

static const char *const severities[8] = {
    "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug",
};

/* Reads "<number>"; the offset behind it, or 0 when there is something else. */
static u32 read_priority(struct dissect *d, struct view v, u32 *priority)
{
    *priority = 0;
    if (u8_at(d, v, 0) != '<')
        return 0;
    for (u32 at = 1; at <= DIGITS_MAX + 1; at++) {
        u8 c = u8_at(d, v, at);
        if (c == '>')
            return at + 1;
        if (!is_digit((char)c))
            return 0;
        *priority = *priority * 10 + (u32)(c - '0');
    }
    return 0;
}

void print_syslog(struct dissect *d, struct view v)
{
    u32 priority;

    d->proto = "syslog";
    u32 text = read_priority(d, v, &priority);
    if (text == 0) {
        invalid(d);
        return;
    }
    u32 facility = priority >> 3, severity = priority & 7;
    const char *name = name_of(d, &facilities.names, facility, "unknown (%u)");
    if (!verbose(d, 1)) {
        say(d, "SYSLOG %s.%s, length: %u", name, severities[severity], v.len);
        return;
    }
    say(d, "SYSLOG, length: %u\n\tFacility %s (%u), Severity %s (%u)\n\tMsg: ", v.len, name, facility,
        severities[severity], severity);
    struct view message = view_from(v, text);
    if (!say_visible(d, view_clip(message, message.len)))
        seal(d);
    if (verbose(d, 2))
        hexdump(d->out, "\n\t", view_clip(v, v.len));
}
