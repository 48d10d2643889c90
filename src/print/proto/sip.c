/* SIP: requests and responses as in HTTP.  RFC 3261, section 7, and the RFCs that added methods. */
#include "print/printer.h"
#include "print/text_lines.h"

static const char *const methods[] = {
    "ACK",       "BYE",   "CANCEL",  "DO",      "INFO",   "INVITE",   "MESSAGE",   "NOTIFY",
    "OPTIONS",   "PRACK", "QAUTH",   "REFER",   "REGISTER", "SPRACK", "SUBSCRIBE", "UPDATE",
    "PUBLISH",   NULL,
};

void print_sip(struct dissect *d, struct view v)
{
    static const struct text_protocol sip = { "sip", "SIP", methods, true };

    say_text_lines(d, v, &sip);
}
