/*
 * ZEP: the ZigBee Encapsulation Protocol, IEEE 802.15.4 frames in UDP, as sniffers send them.
 *
 *   "EX", version 1: channel 1, device 2, mode 1 (LQI or CRC), LQI 1, reserved 7, length 1; frame
 *   version 2: type 1; channel, device, mode, LQI; time 8 (NTP), sequence 4, reserved 10, length 1;
 *              frame
 *              type 2, an acknowledgement: sequence 4
 */
#include "base/time.h"
#include "print/printer.h"
#include "print/proto/wpan.h"

enum { VERSION = 2, TYPE, TYPE_ACK = 2, ACK_SEQUENCE = 4, ACK_LEN = 8, V1_RECEPTION = 3, V2_RECEPTION };

enum { V1_LENGTH = 15, V1_LEN, TIME = 9, SEQUENCE = 17, V2_LENGTH = 31, V2_LEN };

enum { CHANNEL, DEVICE, MODE = 3, LQI };

#define HALF (1ull << 31) /* so that the shift rounds */

enum { DAYS_1900_TO_1970 = 25567 };

static void say_reception(struct dissect *d, struct view v)
{
    say_at(d, v, "Channel ID %lu, Device ID 0x%04lx, ", AT_U8(CHANNEL), AT_BE16(DEVICE));
    if (u8_at(d, v, MODE) != 0)
        say_z(d, "CRC, ");
    else
        say_at(d, v, "LQI %lu, ", AT_U8(LQI));
}

static void say_time(struct dissect *d, struct view v)
{
    u32 seconds = be32_at(d, v, 0), fraction = be32_at(d, v, 4);

    say(d, "%u.%09u", seconds, (u32)(((u64)fraction * NS_PER_SECOND + HALF) >> 32));
    if (seconds == 0)
        return;
    i64 since_1970 = seconds - (u32)DAYS_1900_TO_1970 * SECONDS_PER_DAY; /* as tcpdump: modulo 2^32 */
    if (d->opt->zone.offset != NULL)
        since_1970 += d->opt->zone.offset(d->opt->zone.context, since_1970);
    struct civil t = civil_from_seconds(since_1970);
    say(d, " (%04u/%02u/%02u %02u:%02u:%02u)", (u32)t.year, t.month, t.day, t.hour, t.minute, t.second);
}

static void say_rest(struct dissect *d, struct view v)
{
    say_payload(d, v);
    if (!d->opt->no_payload_dump)
        need(d, v, 0, v.len);
}

static void say_frame(struct dissect *d, struct view v, u32 len)
{
    say(d, "inner len = %u", len);
    if (len != 0) {
        say_z(d, "\n\t");
        if (wpan_frame(d, view_clip(v, len)))
            return;
    }
    say_rest(d, v);
}

static bool too_short(struct dissect *d, struct view v, u32 least)
{
    if (v.len >= least)
        return false;
    say(d, " [len %u < %u]", v.len, least);
    invalid(d);
    return true;
}

void print_zep(struct dissect *d, struct view v)
{
    d->proto = "zep";
    say_z(d, "ZEP");
    u8 first = u8_at(d, v, 0), second = u8_at(d, v, 1);
    if (d->sealed)
        return;
    if (first != 'E' || second != 'X') {
        say_z(d, " [Preamble Code: ");
        out_visible(d->out, first);
        out_visible(d->out, second);
        say_z(d, "]");
        invalid(d);
        return;
    }
    u8 version = u8_at(d, v, VERSION);
    say(d, "v%u ", version);
    if (version == 1) {
        if (too_short(d, v, V1_LEN))
            return;
        say_reception(d, view_from(v, V1_RECEPTION));
        u32 len = u8_at(d, v, V1_LENGTH);
        say_frame(d, view_from(v, V1_LEN), len);
        return;
    }
    u8 type = u8_at(d, v, TYPE);
    if (type == TYPE_ACK) {
        if (too_short(d, v, ACK_LEN))
            return;
        say_at(d, v, "ACK, seq# = %lu", AT_BE32(ACK_SEQUENCE));
        say_rest(d, view_from(v, ACK_LEN));
        return;
    }
    if (too_short(d, v, V2_LEN) || !need(d, v, V2_RECEPTION, 3))
        return;
    say(d, "Type %u, ", type);
    say_reception(d, view_from(v, V2_RECEPTION));
    say_time(d, view_from(v, TIME));
    u32 sequence = be32_at(d, v, SEQUENCE), len = u8_at(d, v, V2_LENGTH);
    say(d, ", seq# = %u, ", sequence);
    say_frame(d, view_from(v, V2_LEN), len);
}
