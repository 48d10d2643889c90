/*
 * LWAPP: between wireless access points and their controller.  RFC 5412, section 3.
 *
 *    0               1               2               3
 *   +---+-----+-+-+-+---------------+-------------------------------+
 *   |ver| rid |C|F|L|  fragment id  |            length             |
 *   +---+-----+-+-+-+---------------+-------------------------------+
 *   |      status / WLANs (RSSI, SNR)       |  payload ...
 *
 *   control message: type 8, sequence number 8, length 16, session 32, elements
 */
#include "base/port.h"
#include "print/hexdump.h"
#include "print/printer.h"

enum { FLAGS, FRAGMENT, LENGTH, HEADER_LEN = 6, VERSION_SHIFT = 6, RADIO_SHIFT = 3, AP_ADDRESS_LEN = 6 };

enum { FLAG_LAST = 0x01, FLAG_FRAGMENT = 0x02, FLAG_CONTROL = 0x04, FLAGS_MASK = 0x07 };

NAMES(flag_names,
      (FLAG_LAST, "Last Fragment Bit")
      (FLAG_FRAGMENT, "Fragment Bit")
      (FLAG_CONTROL, "Control Bit"));

enum { MESSAGE_TYPE, MESSAGE_SEQUENCE, MESSAGE_LENGTH, MESSAGE_SESSION = 4, MESSAGE_HEADER_LEN = 8 };

NAMES(messages,
      (1, "Discovery req")
      (2, "Discovery resp")
      (3, "Join req")
      (4, "Join resp")
      (5, "Join ack")
      (6, "Join confirm")
      (10, "Configure req")
      (11, "Configure resp")
      (12, "Update req")
      (13, "Update resp")
      (14, "WTP event req")
      (15, "WTP event resp")
      (16, "Change state event req")
      (17, "Change state event resp")
      (22, "Echo req")
      (23, "Echo resp")
      (24, "Image data req")
      (25, "Image data resp")
      (26, "Channel status req")
      (27, "Channel status resp")
      (30, "Key update req")
      (31, "Key update resp")
      (32, "Primary discovery req")
      (33, "Primary discovery resp")
      (34, "Data transfer req")
      (35, "Data transfer resp")
      (36, "Clear config ind")
      (37, "Wlan config req")
      (38, "Wlan config resp")
      (39, "Mobile config req")
      (40, "Mobile config resp"));

/* The header at `v`; `length` is what a brief line shows.  False when nothing more is to be said. */
static bool say_header(struct dissect *d, struct view v, u32 length, bool data)
{
    const char *blank = data ? " " : ""; /* as tcpdump: before the numbers of data frames */
    u8 first = u8_at(d, v, FLAGS);
    const char *flags = flags_of(d, &flag_names.names, first & FLAGS_MASK, ", ", "none");
    const char *kind = (first & FLAG_CONTROL) != 0 ? "Control" : "Data";
    u32 version = first >> VERSION_SHIFT;

    if (version != 0) {
        say(d, "LWAPP version %u packet not supported", version);
        return false;
    }
    say(d, "LWAPPv%u, %s frame, ", version, kind);
    if (!verbose(d, 1)) {
        say(d, "Flags [%s], length %u", flags, length);
        return false;
    }
    u32 payload_len = be16_at(d, v, LENGTH);
    say(d, "Radio-id %s%u, Flags [%s], ", blank, first >> RADIO_SHIFT & 7, flags);
    if (data && payload_len < HEADER_LEN) {
        say(d, "length %u < transport header length", payload_len);
        return false;
    }
    say_at(d, v, "Frag-id %s%lu, length %u", blank, AT_U8(FRAGMENT), payload_len);
    return true;
}

static void say_messages(struct dissect *d, struct view v)
{
    while (v.len > 0) {
        if (!view_has(v, 0, MESSAGE_HEADER_LEN)) {
            truncated(d);
            return;
        }
        u8 type = u8_at(d, v, MESSAGE_TYPE);
        u32 len = be16_at(d, v, MESSAGE_LENGTH);
        if (v.len < MESSAGE_HEADER_LEN + len) {
            say_z(d, "\n\t  Msg goes past end of PDU");
            return;
        }
        say_at(d, v, "\n\t  Msg type: %s (%u), Seqnum: %lu, Msg len: %u, Session: 0x%08lx",
               name_of(d, &messages.names, type, "Unknown"), type, AT_U8(MESSAGE_SEQUENCE), len,
               AT_BE32(MESSAGE_SESSION));
        v = view_from(v, MESSAGE_HEADER_LEN + len);
    }
}

void print_lwapp_control(struct dissect *d, struct view v)
{
    bool from_point = d->dport == PORT_LWAPP_CONTROL;
    struct view packet = v;

    d->proto = "lwapp_control";
    if (from_point) /* the address of the access point comes first */
        v = view_from(v, AP_ADDRESS_LEN);
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (!say_header(d, v, packet.len, false))
        return;
    if (from_point)
        say(d, "\n\tAP identity: %pM", bytes_at(d, packet, 0, AP_ADDRESS_LEN));
    say_messages(d, view_claim(view_from(v, HEADER_LEN), be16_at(d, v, LENGTH)));
}

void print_lwapp_data(struct dissect *d, struct view v)
{
    d->proto = "lwapp_data";
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (!say_header(d, v, v.len, true))
        return;
    /* as tcpdump: as if the length, which say_header() has found to be no less, counted the header */
    hexdump(d->out, "\n\t", view_clip(view_from(v, HEADER_LEN), be16_at(d, v, LENGTH) - HEADER_LEN));
}
