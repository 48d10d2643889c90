/*
 * IEEE 802.15.4: the frames of ZigBee, Thread and 6LoWPAN.  IEEE 802.15.4-2015, clause 7.
 *
 *   frame control 16, sequence number 8, destination PAN 16 and address 16 or 64, source PAN and
 *   address, security header, information elements, payload, MIC, FCS 16: little-endian
 *
 *   control   type 3, security 1, pending 1, acknowledge 1, PAN compression 1, reserved 1, sequence
 *             suppressed 1, elements 1, destination mode 2, version 2, source mode 2
 *   the same of multipurpose frames: type 3, long 1, destination mode 2, source mode 2; when long:
 *             PAN 1, security 1, sequence suppressed 1, pending 1, version 2, acknowledge 1, elements 1
 */
#include "print/proto/wpan.h"

#include "print/printer.h"

enum frame_type { BEACON, DATA, ACK, COMMAND, MULTIPURPOSE = 5 };

static const char *const frame_types[] = { "Beacon",   "Data",         "ACK",      "Command",
                                           "Reserved", "Multipurpose", "Fragment", "Extended" };

enum {
    SECURITY = 0x0008,
    PENDING = 0x0010,
    ACKNOWLEDGE = 0x0020,
    PAN_COMPRESSION = 0x0040,
    SEQUENCE_SUPPRESSED = 0x0100,
    ELEMENTS = 0x0200,
    DESTINATION_SHIFT = 10,
    VERSION_SHIFT = 12,
    SOURCE_SHIFT = 14,
};

enum {
    LONG = 0x0008,
    LONG_PAN = 0x0100,
    LONG_SECURITY = 0x0200,
    LONG_SEQUENCE_SUPPRESSED = 0x0400,
    LONG_PENDING = 0x0800,
    LONG_ACKNOWLEDGE = 0x4000,
    LONG_ELEMENTS = 0x8000,
};

NAMES(flags,
      (SECURITY, "Security Enabled, ")
      (PENDING, "Frame Pending, ")
      (ACKNOWLEDGE, "AR, ")
      (PAN_COMPRESSION, "PAN ID Compression, ")
      (SEQUENCE_SUPPRESSED, "Sequence Number Suppression, ")
      (ELEMENTS, "IE present, "));

NAMES(multipurpose_flags,
      (LONG_SECURITY, "Security Enabled, ")
      (LONG_PENDING, "Frame Pending, ")
      (LONG_ACKNOWLEDGE, "AR, ")
      (LONG_PAN, "PAN ID Present, ")
      (LONG_SEQUENCE_SUPPRESSED, "Sequence Number Suppression, ")
      (LONG_ELEMENTS, "IE present, "));

enum address_mode { NO_ADDRESS, RESERVED_ADDRESS, SHORT_ADDRESS, EXTENDED_ADDRESS };

enum { SHORT_LEN = 2, EXTENDED_LEN = 8, PAN_LEN = 2, FCS_LEN = 2 };

/* Takes `n` bytes from the start of `*v`; says what is missing, and returns false, when there are fewer. */
static bool take(struct dissect *d, struct view *v, u32 n, const char *missing, struct view *taken)
{
    if (v->cap < n) {
        say(d, "[ERROR: Truncated before %s]", missing);
        return false;
    }
    *taken = view_sub(*v, 0, n);
    *v = view_from(*v, n);
    return true;
}

static void say_reversed(struct dissect *d, struct view v, u32 n)
{
    for (u32 i = n; i > 0; i--)
        say(d, i == n ? "%02x" : ":%02x", u8_at(d, v, i - 1));
}

static bool say_pan(struct dissect *d, struct view *v, bool there, const char *missing)
{
    struct view pan;

    if (!there) {
        say_z(d, "-:");
        return true;
    }
    if (!take(d, v, PAN_LEN, missing, &pan))
        return false;
    say_at(d, pan, "%04lx:", AT_LE16(0));
    return true;
}

static bool say_address(struct dissect *d, struct view *v, u32 mode)
{
    struct view address;

    if (mode == NO_ADDRESS) {
        say_z(d, "none");
        return true;
    }
    u32 len = mode == SHORT_ADDRESS ? SHORT_LEN : EXTENDED_LEN;
    if (!take(d, v, len, "dst_addr", &address)) /* as tcpdump: so for the source, too */
        return false;
    if (mode == SHORT_ADDRESS)
        say_at(d, address, "%04lx", AT_LE16(0));
    else
        say_reversed(d, address, EXTENDED_LEN);
    return true;
}

/* Which PANs a frame of version 2 has.  Table 7-2. */
static void pans_of_version_2(u32 destination, u32 source, bool compressed, bool *to, bool *from)
{
    *to = *from = false;
    if (destination == NO_ADDRESS && source == NO_ADDRESS) {
        *to = compressed;
    } else if (source == NO_ADDRESS) {
        *to = !compressed;
    } else if (destination == NO_ADDRESS) {
        *from = !compressed;
    } else if (destination == EXTENDED_ADDRESS && source == EXTENDED_ADDRESS) {
        *to = !compressed;
    } else {
        *to = true;
        *from = !compressed && source == SHORT_ADDRESS;
    }
}

static bool modes_valid(struct dissect *d, u32 destination, u32 source)
{
    if (source != RESERVED_ADDRESS && destination != RESERVED_ADDRESS)
        return true;
    say(d, "[ERROR: Invalid %s address mode]", source == RESERVED_ADDRESS ? "src" : "dst");
    return false;
}

static bool say_addresses(struct dissect *d, struct view *v, u32 control)
{
    u32 destination = control >> DESTINATION_SHIFT & 3, source = control >> SOURCE_SHIFT & 3;
    bool compressed = (control & PAN_COMPRESSION) != 0;
    bool to = destination != NO_ADDRESS, from = source != NO_ADDRESS && !compressed;

    if (!modes_valid(d, destination, source))
        return false;
    if ((control >> VERSION_SHIFT & 3) >= 2)
        pans_of_version_2(destination, source, compressed, &to, &from);
    else if (compressed && (destination == NO_ADDRESS || source == NO_ADDRESS))
        say_z(d, "[ERROR: PAN ID Compression != 0, and only one address with frame version < 2]");
    if (!say_pan(d, v, to, "dst_pan") || !say_address(d, v, destination))
        return false;
    say_z(d, " < ");
    if (!say_pan(d, v, from, "dst_pan") || !say_address(d, v, source))
        return false;
    say_z(d, " ");
    return true;
}

/* -- security: clause 9.4 */

enum { LEVEL = 0x07, KEY_MODE_SHIFT = 3, COUNTER_SUPPRESSED = 0x20 };

enum key_mode { KEY_IMPLICIT, KEY_INDEX, KEY_SOURCE_4, KEY_SOURCE_8 };

/* Which key it is.  As tcpdump, of a source of 8 bytes only the first four are taken. */
static bool say_key(struct dissect *d, struct view *v, u32 mode)
{
    bool details = verbose(d, 2);
    struct view source, index;

    if (mode == KEY_IMPLICIT) {
        if (details)
            say_z(d, "Implicit");
        return true;
    }
    if (mode == KEY_SOURCE_8 && v->cap >= 8 && details) {
        say_z(d, "KeySource ");
        say_reversed(d, *v, 8);
        say_z(d, ", ");
    }
    if (mode == KEY_SOURCE_8 && v->cap < 8) {
        say_z(d, "[ERROR: Truncated before Key Source]");
        return false;
    }
    if (mode != KEY_INDEX && !take(d, v, 4, "Key Source", &source))
        return false;
    if (mode == KEY_SOURCE_4 && details) /* as tcpdump, with what is left of a format */
        say_at(d, source, "KeySource 0x%04lx:%lx4x, ", AT_LE16(0), AT_LE16(2));
    if (!take(d, v, 1, "Key Index", &index))
        return false;
    if (details)
        say_at(d, index, "KeyIndex 0x%02lx, ", AT_U8(0));
    return true;
}

/* The auxiliary security header; `*mic_len` is that of the code at the frame's end. */
static bool say_security(struct dissect *d, struct view *v, u32 *mic_len)
{
    static const u8 mic_lens[] = { 0, 4, 8, 16 };
    struct view part;

    if (!take(d, v, 1, "Aux Security Header", &part))
        return false;
    u8 control = u8_at(d, part, 0);
    *mic_len = mic_lens[control & 3];
    if (verbose(d, 1))
        say(d, "\n\tSecurity Level %u, Key Id Mode %u, ", control & LEVEL, control >> KEY_MODE_SHIFT & 3);
    if ((control & COUNTER_SUPPRESSED) == 0) {
        if (!take(d, v, 4, "Frame Counter", &part))
            return false;
        if (verbose(d, 2))
            say_at(d, part, "Frame Counter 0x%08lx ", AT_LE32(0));
    }
    return say_key(d, v, control >> KEY_MODE_SHIFT & 3);
}

/* -- information elements: clause 7.4 */

enum { HEADER_IE_LENGTH = 0x007f, HEADER_IE_ID_SHIFT = 7, HEADER_TERMINATION_1 = 0x7e, HEADER_TERMINATION_2 };

enum { PAYLOAD_IE = 0x8000, PAYLOAD_IE_LENGTH = 0x03ff, PAYLOAD_IE_GROUP_SHIFT = 11, LIST_TERMINATION = 15 };

NAMES(header_elements,
      (0x00, "Vendor Specific Header IE")
      (0x1a, "LE CSL IE")
      (0x1b, "LE RIT IE")
      (0x1c, "DSME PAN descriptor IE")
      (0x1d, "Rendezvous Time IE")
      (0x1e, "Time Correction IE")
      (0x21, "Extended DSME PAN descriptor IE")
      (0x22, "Fragment Sequence Context Description IE")
      (0x23, "Simplified Superframe Specification IE")
      (0x24, "Simplified GTS Specification IE")
      (0x25, "LECIM Capabilities IE")
      (0x26, "TRLE Descriptor IE")
      (0x27, "RCC Capabilities IE")
      (0x28, "RCCN Descriptor IE")
      (0x29, "Global Time IE")
      (0x2a, "Omnibus Header IE")
      (0x2b, "DA IE")
      (HEADER_TERMINATION_1, "Header Termination 1 IE")
      (HEADER_TERMINATION_2, "Header Termination 2 IE"));

NAMES(payload_elements,
      (0, "ESDU IE")
      (1, "MLME IE")
      (2, "Vendor Specific Nested IE")
      (3, "Multiplexed IE (802.15.9)")
      (4, "Omnibus Payload Group IE")
      (5, "IETF IE")
      (LIST_TERMINATION, "List termination"));

/* The two bytes and the content of an element, taken from `*v`; its name has been said. */
static bool say_element(struct dissect *d, struct view *v, u32 len)
{
    *v = view_from(*v, 2);
    if (v->cap < len) {
        say_z(d, "[ERROR: Truncated IE data]");
        return false;
    }
    if (len != 0)
        say_z(d, "IE Data = ");
    for (u32 i = 0; i < len && !d->sealed; i++)
        say(d, "%02x ", u8_at(d, *v, i));
    *v = view_from(*v, len);
    return !d->sealed;
}

static void say_element_name(struct dissect *d, const char *name, u32 len)
{
    say(d, len == 0 ? "\n\t%s [" : "\n\t%s [ length = %u, ", name, len);
}

/* `*more`: payload elements follow. */
static bool say_header_elements(struct dissect *d, struct view *v, bool *more)
{
    u32 id;

    do {
        if (v->cap < 2) {
            say_z(d, "[ERROR: Truncated header IE]");
            return false;
        }
        u16 head = le16_at(d, *v, 0);
        u32 len = head & HEADER_IE_LENGTH;
        id = head >> HEADER_IE_ID_SHIFT & 0xff;
        if ((head & PAYLOAD_IE) != 0)
            say_z(d, "[ERROR: Header IE with type 1] ");
        if (id > HEADER_TERMINATION_2)
            say(d, "Reserved Element ID %02x, length = %u ", id, len);
        else
            say_element_name(d, name_of(d, &header_elements.names, id, "Reserved 0x%02x"), len);
        if (!say_element(d, v, len))
            return false;
        say_z(d, "] ");
    } while (id != HEADER_TERMINATION_1 && id != HEADER_TERMINATION_2 && v->cap != 0);
    *more = id == HEADER_TERMINATION_1;
    return true;
}

static bool say_payload_elements(struct dissect *d, struct view *v)
{
    u32 group;

    do {
        if (v->cap < 2) {
            say_z(d, "[ERROR: Truncated header IE]");
            return false;
        }
        u16 head = le16_at(d, *v, 0);
        u32 len = head & PAYLOAD_IE_LENGTH;
        group = head >> PAYLOAD_IE_GROUP_SHIFT & 15;
        if ((head & PAYLOAD_IE) == 0)
            say_z(d, "[ERROR: Payload IE with type 0] ");
        say_element_name(d, name_of(d, &payload_elements.names, group, "Reserved 0x%02x"), len);
        if (!say_element(d, v, len))
            return false;
        say_z(d, "]\n\t");
    } while (group != LIST_TERMINATION && v->cap != 0);
    return true;
}

static bool say_elements(struct dissect *d, struct view *v)
{
    bool more = false;

    return say_header_elements(d, v, &more) && (!more || say_payload_elements(d, v));
}

/* -- what stands at the end */

/* CRC-16 of ITU-T, clause 7.2.10. */
static u16 fcs_of(struct view v)
{
    u32 crc = 0;

    for (u32 i = 0; i < v.cap; i++) {
        crc ^= (u32)view_byte(v, i);
        for (u32 bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? crc >> 1 ^ 0x8408 : crc >> 1;
    }
    return (u16)crc;
}

/* The frame check sequence: what stands there, and what should. */
struct fcs {
    u16 there, sum;
};

static void say_fcs(struct dissect *d, struct fcs fcs)
{
    if (!verbose(d, 3))
        return;
    if (fcs.there == fcs.sum)
        say(d, "FCS %x ", fcs.there);
    else
        say(d, "wrong FCS %x vs %x (assume no FCS stored) ", fcs.there, fcs.sum);
}

static bool say_mic(struct dissect *d, struct view *v, u32 len)
{
    if (len == 0)
        return true;
    if (v->cap < len) {
        say_z(d, "[ERROR: Truncated before MIC]");
        return false;
    }
    u32 at = v->cap - len;
    if (verbose(d, 3)) {
        say_z(d, "\n\tMIC ");
        for (u32 i = 0; i < len; i++)
            say(d, "%02x", u8_at(d, *v, at + i));
        say_z(d, " ");
    }
    *v = view_clip(*v, at);
    return true;
}

/* -- beacons: clause 7.3.1 */

enum { BATTERY = 0x1000, COORDINATOR = 0x4000, PERMIT = 0x8000, GTS_COUNT = 0x07, GTS_LEN = 3 };

/* Guaranteed time slots.  As tcpdump, slot and length are read where the address ends. */
static void say_slots(struct dissect *d, struct view v, u32 count)
{
    say(d, "GTS Descriptor Count = %u, GTS Directions Mask = %02x, [ ", count, u8_at(d, v, 0) & 0x7f);
    for (u32 i = 0; i < count; i++) {
        struct view slot = view_from(v, 1 + i * GTS_LEN);
        say_at(d, slot, "[ %04lx, Start slot = %u, Length = %u ] ", AT_LE16(0),
               u8_at(d, slot, 1) & 15, u8_at(d, slot, 1) >> 4);
    }
    say_z(d, "]");
}

static void say_list(struct dissect *d, struct view v, const char *what, u32 count, u32 len)
{
    if (count == 0)
        return;
    say(d, ", %s address list = [ ", what);
    for (u32 i = 0; i < count; i++) {
        if (len == SHORT_LEN)
            say_at(d, v, "%04lx", AT_LE16(i * len));
        else
            say_reversed(d, view_from(v, i * len), len);
        say_z(d, " ");
    }
    say_z(d, "]");
}

static bool say_beacon(struct dissect *d, struct view *v)
{
    struct view part;

    if (!take(d, v, 2, "beacon information", &part))
        return false;
    u16 superframe = le16_at(d, part, 0);
    if (verbose(d, 1))
        say(d, "\n\tBeacon order = %u, Superframe order = %u, Final CAP Slot = %u%s%s%s",
            superframe & 15, superframe >> 4 & 15, superframe >> 8 & 15,
            (superframe & BATTERY) != 0 ? ", BLE enabled" : "",
            (superframe & COORDINATOR) != 0 ? ", PAN Coordinator" : "",
            (superframe & PERMIT) != 0 ? ", Association Permit" : "");
    if (!take(d, v, 1, "GTS info", &part))
        return false;
    u32 count = u8_at(d, part, 0) & GTS_COUNT;
    if (count != 0) {
        u32 len = 1 + count * GTS_LEN;
        if (v->cap < len) {
            say_z(d, " [ERROR: Truncated GTS Info List]");
            return false;
        }
        if (verbose(d, 2))
            say_slots(d, *v, count);
        *v = view_from(*v, len);
    } else if (verbose(d, 1)) {
        say_z(d, "\n\tGTS Descriptor Count = 0, ");
    }
    if (!take(d, v, 1, "pending addresses", &part))
        return false;
    u32 shorts = u8_at(d, part, 0) & 7, extended = u8_at(d, part, 0) >> 4 & 7;
    if (verbose(d, 1))
        say(d, "\n\tPending address list, # short addresses = %u, # extended addresses = %u", shorts,
            extended);
    if (v->cap < shorts * SHORT_LEN + extended * EXTENDED_LEN) {
        say_z(d, " [ERROR: Pending address list truncated]");
        return false;
    }
    if (verbose(d, 2)) {
        say_list(d, *v, "Short", shorts, SHORT_LEN);
        say_list(d, view_from(*v, shorts * SHORT_LEN), "Extended", extended, EXTENDED_LEN);
    }
    *v = view_from(*v, shorts * SHORT_LEN + extended * EXTENDED_LEN);
    return true;
}

/* -- commands: clause 7.5 */

enum command {
    ASSOCIATION_REQUEST = 1,
    ASSOCIATION_RESPONSE,
    DISASSOCIATION,
    DATA_REQUEST,
    PAN_CONFLICT,
    ORPHAN,
    BEACON_REQUEST,
    REALIGNMENT,
    GTS_REQUEST,
};

NAMES(commands,
      (ASSOCIATION_REQUEST, "Association Request command")
      (ASSOCIATION_RESPONSE, "Association Response command")
      (DISASSOCIATION, "Disassociation Notification command")
      (DATA_REQUEST, "Data Request command")
      (PAN_CONFLICT, "PAN ID Conflict Notification command")
      (ORPHAN, "Orphan Notification command")
      (BEACON_REQUEST, "Beacon Request command")
      (REALIGNMENT, "Coordinator realignment command")
      (GTS_REQUEST, "GTS request command")
      (0x0a, "TRLE Management Request command")
      (0x0b, "TRLE Management Response command")
      (0x13, "DSME Association Request command")
      (0x14, "DSME Association Response command")
      (0x15, "DSME GTS Request command")
      (0x16, "DSME GTS Response command")
      (0x17, "DSME GTS Notify command")
      (0x18, "DSME Information Request command")
      (0x19, "DSME Information Response command")
      (0x1a, "DSME Beacon Allocation Notification command")
      (0x1b, "DSME Beacon Collision Notification command")
      (0x1c, "DSME Link Report command")
      (0x20, "RIT Data Request command")
      (0x21, "DBS Request command")
      (0x22, "DBS Response command")
      (0x23, "RIT Data Response command")
      (0x24, "Vendor Specific command"));

NAMES(capabilities,
      (0x04, "AC powered, ")
      (0x08, "Receiver on when idle, ")
      (0x10, "Fast association, ")
      (0x40, "Security supported, ")
      (0x80, "Allocate address, "));

NAMES(association_results,
      (0x00, "Association successful")
      (0x01, "PAN at capacity")
      (0x02, "PAN access denied")
      (0x03, "Hooping sequence offset duplication"));

NAMES(disassociation_reasons,
      (0x00, "Reserved")
      (0x01, "Reason = The coordinator wishes the device to leave PAN")
      (0x02, "Reason = The device wishes to leave the PAN"));

static bool wrong_length(struct dissect *d, const char *what)
{
    say(d, "Invalid %s command length", what);
    return false;
}

static void say_bits(struct dissect *d, const struct names *table, u32 bits)
{
    for (u32 i = 0; i < table->rows; i++)
        if ((bits & names_value(table, i)) != 0)
            say_z(d, names_text(table, i));
}

static bool say_realignment(struct dissect *d, struct view v)
{
    if (v.cap != 7 && v.cap != 8)
        return wrong_length(d, "Coordinator Realignment");
    say_at(d, v, "Pan ID = 0x%04lx, Coordinator short address = %04lx, Channel Number = %lu, ",
           AT_LE16(0), AT_LE16(2), AT_U8(4));
    u32 page = v.cap - 7;
    if (page != 0)
        say_at(d, v, "page = %lu, ", AT_U8(7));
    say_at(d, v, "Short address = %04lx", AT_LE16(5));
    return true;
}

/* What a command says about itself.  False when its length is wrong: then it is dumped. */
static bool say_command_content(struct dissect *d, u8 command, struct view v)
{
    switch (command) {
    case ASSOCIATION_REQUEST:
        if (v.cap != 1)
            return wrong_length(d, "Association request");
        say_z(d, (u8_at(d, v, 0) & 2) != 0 ? "FFD, " : "RFD, ");
        say_bits(d, &capabilities.names, u8_at(d, v, 0));
        return true;
    case ASSOCIATION_RESPONSE:
        if (v.cap != 3)
            return wrong_length(d, "Association response");
        say_at(d, v, "Short address = %04lx, ", AT_LE16(0));
        say(d, "%s", name_of(d, &association_results.names, u8_at(d, v, 2), "Status = 0x%02x"));
        return true;
    case DISASSOCIATION: {
        if (v.cap != 1)
            return wrong_length(d, "Disassociation Notification");
        const char *reason = name_find(&disassociation_reasons.names, u8_at(d, v, 0));
        if (reason != NULL)
            say_z(d, reason);
        else
            truncated(d); /* as tcpdump */
        return true;
    }
    case DATA_REQUEST:
    case PAN_CONFLICT:
    case ORPHAN:
    case BEACON_REQUEST: return false;
    case REALIGNMENT: return say_realignment(d, v);
    case GTS_REQUEST:
        if (v.cap != 1)
            return wrong_length(d, "GTS Request");
        say(d, "GTS Length = %u, %s-only GTS, GTS %s", u8_at(d, v, 0) & 15,
            (u8_at(d, v, 0) & 0x10) != 0 ? "Receive" : "Transmit",
            (u8_at(d, v, 0) & 0x20) != 0 ? "allocation" : "deallocations");
        return true;
    default:
        say_z(d, "Command Data = ");
        for (u32 i = 0; i < v.cap; i++)
            say_at(d, v, "%02lx ", AT_U8(i));
        return false;
    }
}

static bool say_command(struct dissect *d, struct view *v)
{
    struct view part;

    if (!take(d, v, 1, "Command ID", &part))
        return false;
    u8 command = u8_at(d, part, 0);
    say(d, "Command ID = %s ", name_of(d, &commands.names, command, "Reserved 0x%02x"));
    if (v->cap != 0 && say_command_content(d, command, *v))
        *v = view_from(*v, v->cap);
    return true;
}

/* -- frames */

/* What follows the addresses of a frame, up to the check sequence when that is right. */
static bool say_rest(struct dissect *d, struct view v, struct fcs fcs, bool secured, bool elements, u32 type)
{
    u32 mic_len = 0;

    if (secured && !say_security(d, &v, &mic_len))
        return false;
    if (!say_mic(d, &v, mic_len))
        return false;
    if (elements && !say_elements(d, &v))
        return false;
    say_fcs(d, fcs);
    if ((type == BEACON && !say_beacon(d, &v)) || (type == COMMAND && !say_command(d, &v)))
        return true;
    if (v.cap > 0)
        say_payload(d, v);
    return true;
}

static bool say_standard(struct dissect *d, struct view v, u32 control, struct fcs fcs)
{
    struct view part;
    u32 version = control >> VERSION_SHIFT & 3, type = control & 7;

    say(d, "v%u ", version);
    if (verbose(d, 3))
        say_bits(d, &flags.names, control);
    if ((control & SEQUENCE_SUPPRESSED) != 0) {
        if (version < 2)
            say_z(d, "[ERROR: Sequence number suppressed on frames where version < 2]");
        if (verbose(d, 1))
            say_z(d, "seq suppressed ");
    } else {
        u8 sequence = u8_at(d, v, 0);
        if (d->sealed)
            return false;
        if (verbose(d, 1))
            say(d, "seq %02x ", sequence);
        take(d, &v, 1, "", &part);
    }
    if (type == BEACON && version >= 2) /* enhanced beacons have elements instead */
        type = DATA;
    return say_addresses(d, &v, control) &&
           say_rest(d, v, fcs, (control & SECURITY) != 0, (control & ELEMENTS) != 0, type);
}

static bool say_multipurpose(struct dissect *d, struct view v, u32 control, struct fcs fcs)
{
    bool wide = (control & LONG) != 0;
    u32 destination = control >> 4 & 3, source = control >> 6 & 3;
    struct view part;

    if (!wide)
        control &= 0xff;
    if (wide) {
        say(d, "v%u ", control >> VERSION_SHIFT & 3);
        if (verbose(d, 3))
            say_bits(d, &multipurpose_flags.names, control & 0xff00);
    }
    if ((control & LONG_SEQUENCE_SUPPRESSED) == 0) {
        u8 sequence = u8_at(d, v, 0);
        if (d->sealed)
            return false;
        if (verbose(d, 1))
            say(d, "seq %02x ", sequence);
        take(d, &v, 1, "", &part);
    }
    if (!modes_valid(d, destination, source))
        return false;
    if (!say_pan(d, &v, (control & LONG_PAN) != 0, "dst_pan") || !say_address(d, &v, destination))
        return false;
    say_z(d, " <  -:");
    if (!say_address(d, &v, source))
        return false;
    say_z(d, " ");
    return say_rest(d, v, fcs, (control & LONG_SECURITY) != 0, (control & LONG_ELEMENTS) != 0,
                    MULTIPURPOSE);
}

bool wpan_frame(struct dissect *d, struct view v)
{
    d->proto = "802.15.4";
    if (v.len < 2) {
        truncated(d);
        return true;
    }
    u16 control = le16_at(d, v, 0);
    u32 type = control & 7, last = v.len - FCS_LEN;
    bool brief = type == MULTIPURPOSE && (control & LONG) == 0;
    say(d, "IEEE 802.15.4 %s packet ", frame_types[type]);
    if (type > COMMAND && type != MULTIPURPOSE)
        return false;
    struct fcs fcs = { 0, 0 };
    struct view rest = view_from(v, brief ? 1 : 2);
    if (v.len > 3)
        fcs = (struct fcs){ le16_at(d, v, last), fcs_of(view_clip(v, last)) };
    if (v.len > 3 && fcs.there == fcs.sum && rest.cap >= FCS_LEN)
        rest = view_clip(rest, rest.cap - FCS_LEN);
    if (type == MULTIPURPOSE)
        return say_multipurpose(d, rest, control, fcs);
    return say_standard(d, rest, control, fcs);
}

/* As tcpdump: of a frame whose header is valid, -x, -X and -A skip one byte. */
void print_wpan(struct dissect *d, struct view v)
{
    if (wpan_frame(d, view_claim(v, v.cap)) && !d->sealed)
        d->link_header_len++;
}

/* -- with what the receiver knows: LINKTYPE_IEEE802_15_4_TAP, www.tcpdump.org/linktypes */

enum { TAP_VERSION, TAP_LENGTH = 2, TAP_LEN = 4 };

void print_wpan_tap(struct dissect *d, struct view v)
{
    d->proto = "802.15.4_tap";
    if (!view_has(v, 0, TAP_LEN)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    u32 len = le16_at(d, v, TAP_LENGTH);
    if (u8_at(d, v, TAP_VERSION) != 0 || len < TAP_LEN) {
        invalid(d);
        return;
    }
    if (!view_has(v, 0, len)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    d->link_header_len += len;
    print_wpan(d, view_from(v, len));
}
