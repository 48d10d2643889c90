/*
 * ATM: packets in AAL5, LAN emulation, signalling.  RFC 2684, sections 5 and 6; RFC 2225; ATM Forum
 * af-lane-0084 and af-sig-0061; Sun's header: www.tcpdump.org/linktypes, LINKTYPE_SUNATM.
 *
 *   Sun      direction 1 bit, kind 4 bits; path 8; channel 16
 *   lane     client 16; Ethernet frame
 *            0xff00; protocol 8, version 8; operation 16
 *   Q.2931   0x09, reference length 8; reference 24; message 8
 */
#include "base/ethertype.h"
#include "base/llc.h"
#include "print/printer.h"
#include "print/proto/atm.h"
#include "print/proto/ether.h"
#include "print/proto/llc.h"

enum { SUN_DIRECTION, SUN_PATH, SUN_CHANNEL, SUN_LEN = 4, SUN_SENT = 0x80, SUN_KIND = 0x0f, SUN_LANE = 1 };

/* Channels of path 0 with a meaning of their own. */
enum channel {
    CHANNEL_META_SIGNALLING = 1,
    CHANNEL_BROADCAST_SIGNALLING = 2,
    CHANNEL_OAM_SEGMENT = 3,
    CHANNEL_OAM_END_TO_END = 4,
    CHANNEL_SIGNALLING = 5,
    CHANNEL_ILMI = 16,
};

enum { Q2931 = 0x09, REFERENCE = 2, MESSAGE = 5 };

NAMES(messages,
      (0x02, "Call_proceeding")
      (0x05, "Setup")
      (0x07, "Connect")
      (0x0f, "Connect_ack")
      (0x4d, "Release")
      (0x5a, "Release_complete")
      (0x75, "Status_enquiry")
      (0x7d, "Status")
      (0x80, "Add_party")
      (0x81, "Add_party_ack")
      (0x82, "Add_party_reject")
      (0x83, "Drop_party")
      (0x84, "Drop_party_ack"));

static void say_signalling(struct dissect *d, struct view v)
{
    u8 protocol = u8_at(d, v, 0);

    if (d->sealed)
        return;
    if (protocol != Q2931) {
        say(d, "SSCOP, proto %u ", protocol);
        return;
    }
    say_z(d, "Q.2931");
    say(d, ":%s ", name_of(d, &messages.names, u8_at(d, v, MESSAGE), "msgtype#%u"));
    say_at(d, v, "CALL_REF:0x%06lx", AT_BE24(REFERENCE));
}

enum { LANE_CLIENT, LANE_LEN = 2, LANE_CONTROL = 0xff00, LANE_PROTOCOL = 2, LANE_VERSION, LANE_OPERATION };

NAMES(lane_operations,
      (0x0001, "configure request")
      (0x0101, "configure response")
      (0x0002, "join request")
      (0x0102, "join response")
      (0x0003, "ready query")
      (0x0103, "ready indication")
      (0x0004, "register request")
      (0x0104, "register response")
      (0x0005, "unregister request")
      (0x0105, "unregister response")
      (0x0006, "ARP request")
      (0x0106, "ARP response")
      (0x0007, "flush request")
      (0x0107, "flush response")
      (0x0008, "NARP request")
      (0x0009, "topology request"));

/* Returns how many bytes -x, -X and -A skip. */
static u32 say_lane(struct dissect *d, struct view v)
{
    d->proto = "lane";
    u16 client = be16_at(d, v, LANE_CLIENT);
    if (client == LANE_CONTROL) {
        say_at(d, v, "lec: proto %lx vers %lx %s", AT_U8(LANE_PROTOCOL), AT_U8(LANE_VERSION),
               name_of(d, &lane_operations.names, be16_at(d, v, LANE_OPERATION), "opcode-#%u"));
        return 0;
    }
    if (!view_has(v, LANE_LEN, ETHER_HEADER_LEN)) {
        d->proto = "ether";
        truncated(d);
        return 0;
    }
    say(d, "lecid:%x ", client);
    return ether_frame(d, view_from(v, LANE_LEN));
}

static u32 say_llc(struct dissect *d, struct view v)
{
    return llc_frame(d, v, (struct llc_addresses){ NULL, NULL }, NULL);
}

/* A packet on path 0 and a channel that is kept for a purpose.  False when it is none of those. */
static bool say_reserved(struct dissect *d, u16 channel, struct view v)
{
    switch (channel) {
    case CHANNEL_SIGNALLING: say_signalling(d, v); return true;
    case CHANNEL_BROADCAST_SIGNALLING: say_z(d, "broadcast sig: "); return true;
    case CHANNEL_OAM_SEGMENT:
    case CHANNEL_OAM_END_TO_END: atm_oam(d, v, ATM_HEC_LEN); return true;
    case CHANNEL_META_SIGNALLING: say_z(d, "meta: "); return true;
    case CHANNEL_ILMI:
        say_z(d, "ilmi: ");
        print_snmp(d, v);
        return true;
    default: return false;
    }
}

void print_sunatm(struct dissect *d, struct view v)
{
    d->proto = "sunatm";
    u8 first = u8_at(d, v, SUN_DIRECTION);
    if (d->opt->link_header)
        say(d, "%s: ", (first & SUN_SENT) != 0 ? "Tx" : "Rx");
    if (!link_header(d, v, SUN_LEN))
        return;
    u8 path = u8_at(d, v, SUN_PATH);
    u16 channel = be16_at(d, v, SUN_CHANNEL);
    struct view payload = view_from(v, SUN_LEN);
    d->proto = "atm";
    if (d->opt->link_header)
        say(d, "VPI:%u VCI:%u ", path, channel);
    if (path == 0 && say_reserved(d, channel, payload))
        return;
    if ((first & SUN_KIND) == SUN_LANE)
        say_lane(d, payload);
    else
        say_llc(d, payload);
}

/* What may stand at the start of a frame in AAL5, RFC 2684. */
enum { LLC_SNAP = 0xaaaa03, LLC_ROUTED_OSI = 0xfefe03, LLC_IP = 0x060603, LLC_HEADER_LEN = 3 };

enum { NLPID_FRAME = 0x03, MAC_8026_LEN = 20 };

void print_atm_rfc1483(struct dissect *d, struct view v)
{
    d->proto = "atm";
    if (u8_at(d, v, 0) == NLPID_FRAME) {
        d->link_header_len++;
        if (d->opt->link_header)
            say_z(d, "CNLPID ");
        dispatch_llc(d, SAP_ISONS, SAP_ISONS, view_from(v, 1));
        return;
    }
    u32 header = be24_at(d, v, 0), skipped = 0;
    if (header != LLC_SNAP && header != LLC_ROUTED_OSI && header != LLC_IP) {
        /* as tcpdump: a header of IEEE 802.6 is taken to precede */
        if (d->opt->link_header)
            say_at(d, v, "%08lx%08lx %08lx%08lx ", AT_BE32(0), AT_BE32(4), AT_BE32(8), AT_BE32(12));
        skipped = MAC_8026_LEN;
        if (!need(d, v, 0, skipped))
            return;
    }
    u32 header_len = skipped + say_llc(d, view_from(v, skipped));
    if (!d->sealed)
        d->link_header_len += header_len;
}

/* RFC 2225, and the same without LLC. */
void print_atm_clip(struct dissect *d, struct view v)
{
    static const u8 rfc1483[] = { SAP_SNAP, SAP_SNAP, 0x03, 0, 0, 0 };
    u32 header_len = 0;

    d->proto = "cip";
    if (d->opt->link_header)
        say(d, "%u: ", v.len);
    const void *start = bytes_at(d, v, 0, sizeof rfc1483);
    if (d->sealed)
        return;
    if (memcmp(start, rfc1483, sizeof rfc1483) == 0)
        header_len = say_llc(d, v);
    else
        print_ip(d, v);
    if (!d->sealed)
        d->link_header_len += header_len;
}
