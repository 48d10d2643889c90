/*
 * M3UA: the SS7 MTP3 user adaptation layer, in SCTP.  RFC 4666, section 3.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |    version    |   reserved    |     class     |     type      |
 *   |                  length, with this header                     |
 *   +---------------------------------------------------------------+
 *   |         parameter tag         |   length, with this header    |
 *   |  value ..., filled up to a multiple of 4 bytes                |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/m3ua.h"

#include "print/printer.h"

enum { VERSION, CLASS = 2, TYPE, LENGTH, HEADER_LEN = 8 };
enum { RELEASE_1 = 1 };

enum { PARAMETER_TAG, PARAMETER_LENGTH = 2, PARAMETER_HEADER_LEN = 4, ALIGNMENT = 4 };

static const char *const management[] = { "Error", "Notify" };
static const char *const transfer[] = { NULL, "Data" };
static const char *const network[] = {
    NULL,
    "Destination Unavailable",
    "Destination Available",
    "Destination State Audit",
    "Signalling Congestion",
    "Destination User Part Unavailable",
    "Destination Restricted",
};
static const char *const state[] = {
    NULL, "Up", "Down", "Heartbeat", "Up Acknowledgement", "Down Acknowledgement",
    "Heartbeat Acknowledgement",
};
static const char *const traffic[] = {
    NULL, "Active", "Inactive", "Active Acknowledgement", "Inactive Acknowledgement"
};
static const char *const routing[] = {
    NULL, "Registration Request", "Registration Response", "Deregistration Request",
    "Deregistration Response",
};

static const struct {
    const char *name;
    const char *const *types;
    u32 count;
} classes[] = {
    { "Management", management, countof(management) },
    { "Transfer", transfer, countof(transfer) },
    { "SS7", network, countof(network) },
    { "ASP", state, countof(state) },
    { "ASP", traffic, countof(traffic) },
    [9] = { "Routing Key Management", routing, countof(routing) },
};

enum parameter { ROUTING_CONTEXT = 0x0006, CORRELATION_ID = 0x0013, NETWORK_APPEARANCE = 0x0200 };

NAMES(parameters,
      (0x0004, "INFO String")
      (ROUTING_CONTEXT, "Routing Context")
      (0x0007, "Diagnostic Info")
      (0x0009, "Heartbeat Data")
      (0x000b, "Traffic Mode Type")
      (0x000c, "Error Code")
      (0x000d, "Status")
      (0x0011, "ASP Identifier")
      (0x0012, "Affected Point Code")
      (CORRELATION_ID, "Correlation ID")
      (NETWORK_APPEARANCE, "Network Appearance")
      (0x0204, "User/Cause")
      (0x0205, "Congestion Indications")
      (0x0206, "Concerned Destination")
      (0x0207, "Routing Key")
      (0x0208, "Registration Result")
      (0x0209, "Deregistration Result")
      (0x020a, "Local Routing Key Identifier")
      (0x020b, "Destination Point Code")
      (0x020c, "Service Indicators")
      (0x020e, "Originating Point Code List")
      (0x0210, "Protocol Data")
      (0x0212, "Registration Status")
      (0x0213, "Deregistration Status"));

static void say_parameters(struct dissect *d, struct view v)
{
    while (v.len > 0 && !d->sealed) {
        if (v.len < PARAMETER_HEADER_LEN) {
            invalid(d);
            need(d, v, 0, v.len);
            return;
        }
        u16 tag = be16_at(d, v, PARAMETER_TAG);
        say(d, "\n\t\t\t%s: ", name_of(d, &parameters.names, tag, "Unknown Parameter (0x%04x)"));
        u32 len = be16_at(d, v, PARAMETER_LENGTH);
        u32 whole = (len + ALIGNMENT - 1) & ~(u32)(ALIGNMENT - 1);
        if (len < PARAMETER_HEADER_LEN) {
            invalid(d);
            need(d, v, 0, v.len);
            return;
        }
        if (!need(d, v, 0, whole))
            return;
        switch (tag) {
        case ROUTING_CONTEXT:
        case CORRELATION_ID:
        case NETWORK_APPEARANCE:
            if (len < PARAMETER_HEADER_LEN + 4)
                invalid(d);
            else
                say_at(d, v, "0x%08lx", AT_BE32(0)); /* as tcpdump: the parameter's header */
            break;
        default: say(d, "(length %u)", len); break;
        }
        v = view_from(v, whole);
    }
}

void m3ua(struct dissect *d, struct view v)
{
    d->proto = "m3ua";
    if (v.len < HEADER_LEN) {
        invalid(d);
        need(d, v, 0, v.len);
        return;
    }
    if (!need(d, v, 0, HEADER_LEN) || u8_at(d, v, VERSION) != RELEASE_1)
        return;
    u8 class = u8_at(d, v, CLASS), type = u8_at(d, v, TYPE);
    u32 len = be32_at(d, v, LENGTH);

    if (class < countof(classes) && classes[class].name != NULL)
        say(d, "\n\t\t%s %s Message", classes[class].name,
            name_in(d, classes[class].types, classes[class].count, type, "Unknown (0x%02x)"));
    else
        say(d, "\n\t\tUnknown message class %u", class);
    if (len != v.len)
        say(d, "\n\t\t\t@@@@@@ Corrupted length %u of message @@@@@@", len);
    else
        say_parameters(d, view_from(v, HEADER_LEN));
}
