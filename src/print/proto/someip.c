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

NAMES(message_types,
      (0x00, "REQUEST")
      (0x01, "REQUEST_NO_RETURN")
      (0x02, "NOTIFICATION")
      (0x20, "TP_REQUEST")
      (0x21, "TP_REQUEST_NO_RETURN")
      (0x22, "TP_NOTIFICATION")
      (0x80, "RESPONSE")
      (0x81, "ERROR")
      (0xa0, "TP_RESPONSE")
      (0xa1, "TP_ERROR"));

NAMES(return_codes,
      (0, "E_OK")
      (1, "E_NOT_OK")
      (2, "E_UNKNOWN_SERVICE")
      (3, "E_UNKNOWN_METHOD")
      (4, "E_NOT_READY")
      (5, "E_NOT_REACHABLE")
      (6, "E_TIMEOUT")
      (7, "E_WRONG_PROTOCOL_VERSION")
      (8, "E_WRONG_INTERFACE_VERSION")
      (9, "E_MALFORMED_MESSAGE")
      (10, "E_WRONG_MESSAGE_TYPE")
      (11, "E_E2E_REPEATED")
      (12, "E_E2E_WRONG_SEQUENCE")
      (13, "E_E2E")
      (14, "E_E2E_NOT_AVAILABLE")
      (15, "E_E2E_NO_NEW_DATA"));

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
    say_at(d, v, ", service %lu, %s %u", AT_BE16(SERVICE),
           (method & EVENT) != 0 ? "event" : "method", method & ~(u32)EVENT);
    say_at(d, v, ", len %lu", AT_BE32(LENGTH));
    say_at(d, v, ", client %lu, session %lu", AT_BE16(CLIENT), AT_BE16(SESSION));
    say_at(d, v, ", pver %lu", AT_U8(PROTOCOL_VERSION));
    say_at(d, v, ", iver %lu", AT_U8(INTERFACE_VERSION));
    say(d, ", msgtype %s", name_of(d, &message_types.names, u8_at(d, v, MESSAGE_TYPE), "Unknown"));
    say(d, ", retcode %s\n",
        name_of(d, &return_codes.names, u8_at(d, v, RETURN_CODE), "Unknown"));
}
