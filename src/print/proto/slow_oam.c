/*
 * Operations, administration and maintenance of Ethernet links.  IEEE 802.3-2012, clauses 57.4.3
 * and 57.5.
 *
 *   flags 16, code 8; information: TLVs; events: sequence number 16, TLVs; loopback: command 8
 *
 *   A TLV is: type 8, length 8 of all, value.
 */
#include "print/hexdump.h"
#include "print/oui.h"
#include "print/printer.h"
#include "print/proto/slow.h"

enum { FLAGS, CODE = 2, HEADER_LEN };

enum code { INFORMATION, EVENT, VARIABLE_REQUEST, VARIABLE_RESPONSE, LOOPBACK, VENDOR = 0xfe };

NAMES(codes,
      (INFORMATION, "Information")
      (EVENT, "Event Notification")
      (VARIABLE_REQUEST, "Variable Request")
      (VARIABLE_RESPONSE, "Variable Response")
      (LOOPBACK, "Loopback Control")
      (VENDOR, "Vendor Private"));

NAMES(flags,
      (0x01, "Link Fault") (0x02, "Dying Gasp") (0x04, "Critical Event") (0x08, "Local Evaluating")
      (0x10, "Local Stable") (0x20, "Remote Evaluating") (0x40, "Remote Stable"));

enum { TLV_TYPE, TLV_LENGTH, TLV_HEADER_LEN };

enum {
    INFO_VERSION,
    INFO_REVISION,
    INFO_STATE = 3,
    INFO_CONFIG,
    INFO_PDU,
    INFO_OUI = 7,
    INFO_VENDOR = 10
};

enum {
    EVENT_TIME,
    EVENT_WINDOW = 2,
    EVENT_THRESHOLD = 10,
    EVENT_ERRORS = 18,
    EVENT_ERROR_TOTAL = 26,
    EVENT_TOTAL = 34
};

enum { PDU_SIZE = 0x07ff };

/* A kind of TLVs. */
struct tlv_kind {
    const char *what;
    const char *const *names; /* by type */
    u32 count;
    u8 special; /* a type whose name stands apart */
    const char *special_name;
    u32 known; /* the types from 1 to this one are decoded ... */
    u32 len;   /* ... and have this length */
    void (*say)(struct dissect *d, struct view v);
};

static void say_information(struct dissect *d, struct view v)
{
    static const char *const parsers[] = { "forwarding", "looping back", "discarding", "reserved" };
    NAMES(config,
          (0x01, "Active")
          (0x02, "Unidirectional")
          (0x04, "Remote-Loopback")
          (0x08, "Link-Events")
          (0x10, "Variable-Retrieval"));
    u8 state = u8_at(d, v, INFO_STATE);
    u32 oui = be24_at(d, v, INFO_OUI);

    say_at(d, v, "\n\t    OAM-Version %lu, Revision %lu", AT_U8(INFO_VERSION),
           AT_BE16(INFO_REVISION));
    say(d, "\n\t    State-Parser-Action %s, State-MUX-Action %s", parsers[state & 3],
        (state & 4) != 0 ? "discarding" : "forwarding");
    say(d, "\n\t    OAM-Config Flags [%s], OAM-PDU-Config max-PDU size %u",
        flags_of(d, &config.names, u8_at(d, v, INFO_CONFIG), ", ", "none"),
        be16_at(d, v, INFO_PDU) & (unsigned)PDU_SIZE);
    say_at(d, v, "\n\t    OUI %s (0x%06x), Vendor-Private 0x%08lx", oui_name(oui), oui,
           AT_BE32(INFO_VENDOR));
}

/* As tcpdump: all events are taken for that of errored symbols. */
static void say_event(struct dissect *d, struct view v)
{
    say(d, "\n\t    Timestamp %u ms, Errored Window %llu", be16_at(d, v, EVENT_TIME) * 100u,
        (unsigned long long)be64_at(d, v, EVENT_WINDOW));
    say(d, "\n\t    Errored Threshold %llu", (unsigned long long)be64_at(d, v, EVENT_THRESHOLD));
    say(d, "\n\t    Errors %llu", (unsigned long long)be64_at(d, v, EVENT_ERRORS));
    say(d, "\n\t    Error Running Total %llu",
        (unsigned long long)be64_at(d, v, EVENT_ERROR_TOTAL));
    say_at(d, v, "\n\t    Event Running Total %lu", AT_BE32(EVENT_TOTAL));
}

static const char *const information_names[] = { "End of TLV marker", "Local", "Remote" };

static const char *const event_names[] = {
    "End of TLV marker",          "Errored Symbol Period Event",         "Errored Frame Event",
    "Errored Frame Period Event", "Errored Frame Seconds Summary Event",
};

static const struct tlv_kind information = { "Information",
                                             information_names,
                                             countof(information_names),
                                             0xfe,
                                             "Organization specific",
                                             2,
                                             16,
                                             say_information };

static const struct tlv_kind event = {
    "Link Event", event_names, countof(event_names), 0xfe, "Organization specific", 4, 40, say_event
};

/* False when the packet ends before one of them. */
static bool say_tlvs(struct dissect *d, const struct tlv_kind *k, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        if (v.len < TLV_HEADER_LEN)
            return false;
        u8 type = u8_at(d, v, TLV_TYPE);
        u32 len = u8_at(d, v, TLV_LENGTH);
        say(d, "\n\t  %s %s Type (%u), length %u",
            type == k->special ? k->special_name : name_in(d, k->names, k->count, type, "Reserved"),
            k->what, type, len);
        if (type == 0)
            return true;
        if (len < TLV_HEADER_LEN) {
            say_z(d, "\n\t    ERROR: illegal length - should be >= 2");
            return true;
        }
        if (len > v.len)
            return false;
        if (!need(d, v, 0, len))
            return true;
        bool decoded = type <= k->known && len == k->len;
        if (decoded)
            k->say(d, view_sub(v, TLV_HEADER_LEN, len - TLV_HEADER_LEN));
        else if (type <= k->known)
            say(d, "\n\t    ERROR: illegal length - should be %u", k->len);
        if (verbose(d, 2) || !decoded)
            hexdump(d->out, "\n\t  ", view_clip(v, len));
        v = view_from(v, len);
    }
    return true;
}

bool slow_oam(struct dissect *d, struct view v)
{
    NAMES(commands, (1, "Enable OAM Remote Loopback") (2, "Disable OAM Remote Loopback"));

    if (v.len < HEADER_LEN)
        return false;
    u16 bits = be16_at(d, v, FLAGS);
    u8 code = u8_at(d, v, CODE);
    say(d, "\n\tCode %s OAM PDU, Flags [%s]", name_of(d, &codes.names, code, "Unknown (%u)"),
        flags_of(d, &flags.names, bits, ", ", "none"));
    v = view_from(v, HEADER_LEN);
    switch (code) {
    case INFORMATION: return say_tlvs(d, &information, v);
    case EVENT:
        if (v.len < 2)
            return false;
        say_at(d, v, "\n\t  Sequence Number %lu", AT_BE16(0));
        return say_tlvs(d, &event, view_from(v, 2));
    case LOOPBACK: {
        if (v.len < 1)
            return false;
        u8 command = u8_at(d, v, 0);
        say(d, "\n\t  Command %s (%u)", name_of(d, &commands.names, command, "Unknown"),
            command);
        return true;
    }
    default:
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t  ", view_clip(v, v.len));
        return true;
    }
}
