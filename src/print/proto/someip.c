/*
 * SOME/IP: service-oriented middleware of cars.  AUTOSAR "SOME/IP Protocol Specification", section 4.
 *
 *    0               1               2               3
 *   +-------------------------------+-------------------------------+
 *   |            service            |E|      method or event        |
 *   |                 length, from the client on                    |
 *   |            client             |            session            |
 *   | protocol ver. | interface ver.| message type  |  return code  |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum {
    SERVICE, METHOD = 2, LENGTH = 4, CLIENT = 8, SESSION = 10, PROTOCOL_VERSION = 12,
    INTERFACE_VERSION, MESSAGE_TYPE, RETURN_CODE, HEADER_LEN,
};

enum { EVENT = 0x8000 };

static const struct name message_types[] = {
    { 0x00, "REQUEST" },
    { 0x01, "REQUEST_NO_RETURN" },
    { 0x02, "NOTIFICATION" },
    { 0x20, "TP_REQUEST" },
    { 0x21, "TP_REQUEST_NO_RETURN" },
    { 0x22, "TP_NOTIFICATION" },
    { 0x80, "RESPONSE" },
    { 0x81, "ERROR" },
    { 0xa0, "TP_RESPONSE" },
    { 0xa1, "TP_ERROR" },
    NAMES_END
};

static const char *const return_codes[] = {
    "E_OK",
    "E_NOT_OK",
    "E_UNKNOWN_SERVICE",
    "E_UNKNOWN_METHOD",
    "E_NOT_READY",
    "E_NOT_REACHABLE",
    "E_TIMEOUT",
    "E_WRONG_PROTOCOL_VERSION",
    "E_WRONG_INTERFACE_VERSION",
    "E_MALFORMED_MESSAGE",
    "E_WRONG_MESSAGE_TYPE",
    "E_E2E_REPEATED",
    "E_E2E_WRONG_SEQUENCE",
    "E_E2E",
    "E_E2E_NOT_AVAILABLE",
    "E_E2E_NO_NEW_DATA",
};

void print_someip(struct dissect *d, struct view v)
{
    d->proto = "someip";
    if (v.len < HEADER_LEN) {
        say_z(d, "SOMEIP");
        invalid(d);
        return;
    }
    say_z(d, "SOMEIP");
    u16 method = be16_at(d, v, METHOD);
    say(d, ", service %u, %s %u", be16_at(d, v, SERVICE),
        (method & EVENT) != 0 ? "event" : "method", method & ~(u32)EVENT);
    say(d, ", len %u", be32_at(d, v, LENGTH));
    say(d, ", client %u, session %u", be16_at(d, v, CLIENT), be16_at(d, v, SESSION));
    say(d, ", pver %u", u8_at(d, v, PROTOCOL_VERSION));
    say(d, ", iver %u", u8_at(d, v, INTERFACE_VERSION));
    say(d, ", msgtype %s", name_of(d, message_types, u8_at(d, v, MESSAGE_TYPE), "Unknown"));
    say(d, ", retcode %s\n",
        name_in(d, return_codes, countof(return_codes), u8_at(d, v, RETURN_CODE), "Unknown"));
}
