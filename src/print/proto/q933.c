/*
 * Q.933: the state of permanent circuits of a Frame Relay line, and calls.  ITU-T Q.933, annex A;
 * ANSI T1.617, annex D; the form of messages: Q.931, section 4.
 *
 *   length 8 of the call reference, call reference; message type 8; elements
 *
 *   An element is: identifier 8, length 8, value; or one byte, with its first bit set.
 */
#include "print/proto/q933.h"

#include "print/hexdump.h"
#include "print/printer.h"

enum {
    SINGLE = 0x80,
    SHIFT_MASK = 0xf0,
    SHIFT = 0x90,
    SHIFT_ONCE = 0x08,
    CODESET_MASK = 0x07,
    CODESET_ANSI = 5
};

enum { REFERENCE_LENGTH = 0x0f };

enum { ELEMENT_TYPE, ELEMENT_LENGTH, ELEMENT_HEADER_LEN };

NAMES(messages,
      (0x00, "ESC to National") (0x01, "Alert") (0x02, "Call proceeding") (0x03, "Progress")
      (0x05, "Setup") (0x07, "Connect") (0x0f, "Connect ACK") (0x45, "Disconnect") (0x46, "Restart")
      (0x4d, "Release") (0x4e, "Restart ACK") (0x5a, "Release Complete") (0x75, "Status Enquiry")
      (0x7d, "Status Reply"));

enum element {
    ANSI_REPORT_TYPE = 0x01,
    ANSI_LINK_VERIFY = 0x03,
    ANSI_PVC_STATUS = 0x07,
    ANSI_LINK_VERIFY_OLD = 0x19,
    CCITT_REPORT_TYPE = 0x51,
    CCITT_LINK_VERIFY = 0x53,
    CCITT_PVC_STATUS = 0x57,
};

NAMES(elements,
      (ANSI_REPORT_TYPE, "ANSI Report Type")
      (ANSI_LINK_VERIFY, "ANSI Link Verify")
      (ANSI_PVC_STATUS, "ANSI PVC Status")
      (ANSI_LINK_VERIFY_OLD, "ANSI Link Verify")
      (CCITT_REPORT_TYPE, "CCITT Report Type")
      (CCITT_LINK_VERIFY, "CCITT Link Verify")
      (CCITT_PVC_STATUS, "CCITT PVC Status"));

static void say_report_type(struct dissect *d, struct view v)
{
    NAMES(types, (0, "Full Status") (1, "Link verify") (2, "Async PVC Status"));

    u8 type = u8_at(d, v, 0);
    say(d, "%s (%u)", name_of(d, &types.names, type, "unknown"), type);
}

static void say_link_verify(struct dissect *d, struct view v)
{
    if (v.len < 2)
        say_z(d, "Invalid LINK VERIFY IE");
    else
        say_at(d, v, "TX Seq: %3lu, RX Seq: %3lu", AT_U8(0), AT_U8(1));
}

/* Whether the circuit's number ends where the element's length says: each byte but its last goes
 * on. */
static bool has_dlci(struct dissect *d, struct view v)
{
    if (v.len < 3 || v.len > 5 || (u8_at(d, v, 0) & 0x80) != 0)
        return false;
    for (u32 i = 1; i < v.len - 1; i++)
        if (((u8_at(d, v, i) & 0x80) != 0) != (i == v.len - 2))
            return false;
    return (u8_at(d, v, v.len - 1) & 0x80) != 0;
}

static void say_pvc_status(struct dissect *d, struct view v)
{
    enum { NEW = 0x08, ACTIVE = 0x02 };

    if (!has_dlci(d, v)) {
        say_z(d, "Invalid DLCI in PVC STATUS IE");
        return;
    }
    u32 dlci = (u8_at(d, v, 0) & 0x3fu) << 4 | (u8_at(d, v, 1) & 0x78u) >> 3;
    if (v.len == 4)
        dlci = dlci << 6 | (u8_at(d, v, 2) & 0x7eu) >> 1;
    else if (v.len == 5) /* as tcpdump: the middle part is not shifted */
        dlci = dlci << 13 | (u8_at(d, v, 2) & 0x7fu) | (u8_at(d, v, 3) & 0x7eu) >> 1;
    u8 status = u8_at(d, v, v.len - 1);
    say(d, "DLCI %u: status %s%s", dlci, (status & NEW) != 0 ? "New, " : "",
        (status & ACTIVE) != 0 ? "Active" : "Inactive");
}

static void say_value(struct dissect *d, u8 type, struct view v)
{
    switch (type) {
    case ANSI_REPORT_TYPE:
    case CCITT_REPORT_TYPE:
        if (verbose(d, 1))
            say_report_type(d, v);
        break;
    case ANSI_LINK_VERIFY:
    case ANSI_LINK_VERIFY_OLD:
    case CCITT_LINK_VERIFY:
        say_z(d, verbose(d, 1) ? "" : ", ");
        say_link_verify(d, v);
        break;
    case ANSI_PVC_STATUS:
    case CCITT_PVC_STATUS:
        say_z(d, verbose(d, 1) ? "" : ", ");
        say_pvc_status(d, v);
        break;
    default: break;
    }
}

/* An element's name at -v.  Whether it is known. */
static bool say_element_name(struct dissect *d, u32 codeset, u8 type, u32 len)
{
    const char *name = codeset == 0 || codeset == CODESET_ANSI ? name_find(&elements.names, type) : NULL;

    if (verbose(d, 1))
        say(d, "\n\t%s IE (0x%02x), length %u: ", name != NULL ? name : "unknown", type, len);
    return name != NULL;
}

/* False when the element is cut. */
static bool say_element(struct dissect *d, u32 codeset, u8 type, struct view v)
{
    bool known = say_element_name(d, codeset, type, v.len);

    if (!view_has(v, 0, v.len))
        return false;
    if (known)
        say_value(d, type, v);
    else if (verbose(d, 1))
        hexdump(d->out, "\n\t", v);
    if (known && verbose(d, 2))
        hexdump(d->out, "\n\t  ", v);
    return true;
}

/* How a message ends. */
enum ending { WHOLE, CUT, EMPTY_ELEMENT };

static enum ending say_elements(struct dissect *d, u32 codeset, bool once, struct view v)
{
    u32 lasting = once ? 0 : codeset;

    while (v.len > 0) {
        if (!view_has(v, ELEMENT_TYPE, 1))
            return CUT;
        u8 type = u8_at(d, v, ELEMENT_TYPE);
        if ((type & SINGLE) != 0) {
            if ((type & SHIFT_MASK) == SHIFT) {
                codeset = type & CODESET_MASK;
                if ((type & SHIFT_ONCE) == 0)
                    lasting = codeset;
            }
            v = view_from(v, 1);
            continue;
        }
        if (v.len < ELEMENT_HEADER_LEN || !view_has(v, 0, ELEMENT_HEADER_LEN))
            return CUT;
        u32 len = u8_at(d, v, ELEMENT_LENGTH);
        if (type == 0 || len == 0) { /* as tcpdump: nothing more is said */
            say_element_name(d, codeset, type, len);
            return EMPTY_ELEMENT;
        }
        if (!say_element(d, codeset, type, view_sub(v, ELEMENT_HEADER_LEN, len)))
            return CUT;
        codeset = lasting;
        v = view_from(v, ELEMENT_HEADER_LEN + len);
    }
    return WHOLE;
}

/* A message's header, which is shown once all of it is there. */
struct header {
    struct view reference;
    u8 message;
    u32 codeset;
    bool ansi, once; /* the codeset is that of ANSI; it is for one element */
};

/* Reads it; `*v` then begins behind it.  False when it is cut. */
static bool read_header(struct dissect *d, struct view *v, struct header *h)
{
    if (!view_has(*v, 0, 1))
        return false;
    u32 len = u8_at(d, *v, 0) & REFERENCE_LENGTH;
    if (v->len < len + 2 || !view_has(*v, 0, len + 2))
        return false;
    h->reference = view_sub(*v, 1, len);
    h->message = u8_at(d, *v, 1 + len);
    *v = view_from(*v, len + 2);
    if (v->len == 0)
        return true;
    if (!view_has(*v, 0, 1))
        return false;
    u8 shift = u8_at(d, *v, 0);
    if ((shift & SHIFT_MASK) != SHIFT)
        return true;
    h->codeset = shift & CODESET_MASK;
    h->once = (shift & SHIFT_ONCE) != 0;
    h->ansi = !h->once && h->codeset == CODESET_ANSI;
    *v = view_from(*v, 1);
    return true;
}

/* as tcpdump: whether a reference of one byte is shown, the first element's first byte decides */
static bool shows_reference(struct dissect *d, const struct header *h, struct view rest)
{
    return h->reference.len > 1 || (h->reference.len == 1 && u8_at(d, rest, 0) != 0);
}

static void say_header(struct dissect *d, const struct header *h, struct view rest, u32 length)
{
    const char *name = name_find(&messages.names, h->message);

    say(d, "%s, codeset %u", h->ansi ? "ANSI" : "CCITT", h->codeset);
    if (shows_reference(d, h, rest)) {
        say_z(d, ", Call Ref: 0x");
        for (u32 i = 0; repeat(d, i, h->reference.len); i++)
            say_at(d, h->reference, "%02lx", AT_U8(i));
    }
    say_z(d, ", ");
    if (verbose(d, 1))
        say(d, "%s (0x%02x), length %u", name != NULL ? name : "unknown message", h->message,
            length);
    else if (name != NULL)
        say_z(d, name);
    else
        say(d, "unknown message 0x%02x", h->message);
}

void q933_message(struct dissect *d, struct view v)
{
    u32 length = v.len;
    struct header h = { 0 };

    d->proto = "q.933";
    if (!d->opt->link_header)
        say_z(d, "Q.933, ");
    if (!read_header(d, &v, &h)) {
        say(d, "length %u", length);
        truncated(d);
        return;
    }
    say_header(d, &h, v, length);
    enum ending ending = say_elements(d, h.codeset, h.once, v);
    if (!verbose(d, 1) && ending != EMPTY_ELEMENT)
        say(d, ", length %u", length);
    if (ending == CUT)
        truncated(d);
}
