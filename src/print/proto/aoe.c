/*
 * AoE: ATA over Ethernet.  "AoE (ATA over Ethernet)", revision 11, Coraid, 2009.
 *
 *    0               1               2               3
 *   +-------+-------+---------------+-------------------------------+
 *   |version| R E   |     error     |         major (shelf)         |
 *   | minor (slot)  |    command    |            tag ...            |
 *   |              ...              |  depends on the command ...   |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"

enum { VERSION_FLAGS, ERROR_CODE, MAJOR, MINOR = 4, COMMAND, TAG, HEADER_LEN = 10 };

enum { RESPONSE = 0x08, ERROR = 0x04 };

NAMES(flags, (RESPONSE, "Response") (ERROR, "Error") (2, "MBZ-1") (1, "MBZ-0"));

NAMES(errors,
      (1, "Unrecognized command code")
      (2, "Bad argument parameter")
      (3, "Device unavailable")
      (4, "Config string present")
      (5, "Unsupported version")
      (6, "Target is reserved"));

enum command { ATA, QUERY, MASK, RESERVE };

NAMES(commands,
      (ATA, "Issue ATA Command")
      (QUERY, "Query Config Information")
      (MASK, "MAC Mask List")
      (RESERVE, "Reserve/Release"));

/* The bodies: `v.len` is their length.  False when they make no sense. */

static bool say_ata(struct dissect *d, struct view v)
{
    enum { ATA_FLAGS, FEATURE, SECTORS, STATUS, ADDRESS, DATA = 12 };
    NAMES(names,
          (0x80, "MBZ-7") (0x40, "Ext48") (0x20, "MBZ-5") (0x10, "Device") (0x08, "MBZ-3")
          (0x04, "MBZ-2") (0x02, "Async") (0x01, "Write"));

    if (v.len < DATA)
        return false;
    say(d, "\n\tAFlags: [%s]", flags_of(d, &names.names, u8_at(d, v, ATA_FLAGS), ", ", "none"));
    say_at(d, v, ", Err/Feature: %lu", AT_U8(FEATURE));
    say_at(d, v, ", Sector Count: %lu", AT_U8(SECTORS));
    say_at(d, v, ", Cmd/Status: %lu", AT_U8(STATUS));
    for (u32 i = 0; i < 6; i++)
        say_at(d, v, "%slba%u: %lu", i == 0 ? "\n\t" : ", ", i, AT_U8(ADDRESS + i));
    if (need(d, v, 0, DATA) && v.len > DATA)
        say(d, "\n\tData: %u bytes", v.len - DATA);
    return true;
}

static bool say_query(struct dissect *d, struct view v)
{
    enum {
        BUFFERS,
        FIRMWARE = 2,
        SECTORS = 4,
        VERSION_COMMAND,
        STRING_LEN,
        STRING = 8,
        STRING_MAX = 1024
    };
    NAMES(names,
          (0, "read config string")
          (1, "test config string")
          (2, "test config string prefix")
          (3, "set config string")
          (4, "force set config string"));

    if (v.len < STRING)
        return false;
    say_at(d, v, "\n\tBuffer Count: %lu", AT_BE16(BUFFERS));
    say_at(d, v, ", Firmware Version: %lu", AT_BE16(FIRMWARE));
    say_at(d, v, ", Sector Count: %lu", AT_U8(SECTORS));
    u8 both = u8_at(d, v, VERSION_COMMAND);
    /* As tcpdump: an unknown command is shown without its number. */
    say(d, ", AoE: %u, CCmd: %s", both >> 4, name_of(d, &names.names, both & 0xf, "Unknown (0x02x)"));
    u32 length = be16_at(d, v, STRING_LEN);
    if (length > STRING_MAX || length > v.len - STRING)
        return false;
    if (length > 0) {
        say(d, "\n\tConfig String (length %u): ", length);
        if (!say_visible(d, view_sub(v, STRING, length)))
            seal(d);
    }
    return true;
}

static bool say_mask(struct dissect *d, struct view v)
{
    enum { MASK_COMMAND = 1, MASK_ERROR, COUNT, DIRECTIVES };
    enum { DIRECTIVE = 1, ADDRESS, DIRECTIVE_LEN = 8 };
    NAMES(names, (0, "Read Mac Mask List") (1, "Edit Mac Mask List"));
    NAMES(mask_errors, (1, "Unspecified Error") (2, "Bad DCmd directive") (3, "Mask list full"));
    NAMES(directives,
          (0, "No Directive")
          (1, "Add mac address to mask list")
          (2, "Delete mac address from mask list"));

    if (v.len < DIRECTIVES)
        return false;
    say(d, "\n\tMCmd: %s", name_of(d, &names.names, u8_at(d, v, MASK_COMMAND), "Unknown (0x%02x)"));
    say(d, ", MError: %s", name_of(d, &mask_errors.names, u8_at(d, v, MASK_ERROR), "Unknown (0x%02x)"));
    u32 count = u8_at(d, v, COUNT);
    say(d, ", Dir Count: %u", count);
    if (v.len < DIRECTIVES + count * DIRECTIVE_LEN)
        return false;
    v = view_from(v, DIRECTIVES);
    for (u32 i = 0; repeat(d, i, count); i++, v = view_from(v, DIRECTIVE_LEN)) {
        say(d, "\n\t DCmd: %s", name_of(d, &directives.names, u8_at(d, v, DIRECTIVE), "Unknown (0x%02x)"));
        say_at(d, v, ", Ethernet Address: %pM", AT_ADDRESS(ADDRESS));
    }
    return true;
}

static bool say_reserve(struct dissect *d, struct view v)
{
    enum { RESERVE_COMMAND, COUNT, ADDRESSES };
    NAMES(names, (0, "Read reserve list") (1, "Set reserve list") (2, "Force set reserve list"));

    if (v.len < ADDRESSES || (v.len - ADDRESSES) % 6 != 0)
        return false;
    say(d, "\n\tRCmd: %s", name_of(d, &names.names, u8_at(d, v, RESERVE_COMMAND), "Unknown (0x%02x)"));
    u32 count = u8_at(d, v, COUNT);
    say(d, ", NMacs: %u", count);
    if (v.len != ADDRESSES + count * 6)
        return false;
    for (u32 i = 0; repeat(d, i, count); i++)
        say_at(d, v, "\n\tEthernet Address %u: %pM", i, AT_ADDRESS(ADDRESSES + i * 6));
    return true;
}

static bool say_body(struct dissect *d, u8 command, struct view v)
{
    switch (command) {
    case ATA: return say_ata(d, v);
    case QUERY: return say_query(d, v);
    case MASK: return say_mask(d, v);
    case RESERVE: return say_reserve(d, v);
    default: return true;
    }
}

/* False when the packet makes no sense. */
static bool say_packet(struct dissect *d, struct view v)
{
    say(d, "AoE length %u", v.len);
    if (v.len < 1)
        return false;
    u8 first = u8_at(d, v, VERSION_FLAGS), version = first >> 4;
    say(d, ", Ver %u", version);
    if (version != 1)
        return true;
    if (v.len < HEADER_LEN)
        return false;
    say(d, ", Flags: [%s]", flags_of(d, &flags.names, first & 0xf, ", ", "none"));
    if (!verbose(d, 1))
        return true;
    u8 error = u8_at(d, v, ERROR_CODE);
    if ((first & ERROR) != 0)
        say(d, "\n\tError: %s", name_of(d, &errors.names, error, "Invalid (%u)"));
    say_at(d, v, "\n\tMajor: 0x%04lx", AT_BE16(MAJOR));
    say_at(d, v, ", Minor: 0x%02lx", AT_U8(MINOR));
    u8 command = u8_at(d, v, COMMAND);
    say(d, ", Command: %s", name_of(d, &commands.names, command, "Unknown (0x%02x)"));
    say_at(d, v, ", Tag: 0x%08lx", AT_BE32(TAG));
    return say_body(d, command, view_from(v, HEADER_LEN));
}

void print_aoe(struct dissect *d, struct view v)
{
    d->proto = "aoe";
    if (say_packet(d, v))
        return;
    invalid(d);
    need(d, v, 0, v.len);
}
