/* SIP: requests and responses as in HTTP.  RFC 3261, section 7, and the RFCs that added methods. */
#include "print/printer.h"
#include "print/text_lines.h"

static const char *const methods[COMMAND_MAX + 1] = {
    [2] = "DO",
    [3] = "ACK BYE",
    [4] = "INFO",
    [5] = "PRACK QAUTH REFER",
    [6] = "CANCEL INVITE NOTIFY SPRACK UPDATE",
    [7] = "MESSAGE OPTIONS PUBLISH",
    [8] = "REGISTER",
    [9] = "SUBSCRIBE",
};

void print_sip(struct dissect *d, struct view v)
{
    static const struct text_protocol sip = { "sip", STR("SIP"), methods, true };

    say_text_lines(d, v, &sip);
}
