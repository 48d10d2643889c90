/*
 * USB requests as Linux shows them to its monitor.  Linux, Documentation/usb/usbmon.rst, "Raw binary
 * format"; LINKTYPE_USB_LINUX has 48 bytes before the data, LINKTYPE_USB_LINUX_MMAPPED 64.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                     identifier (8 bytes)                      |
 *   +---------------+---------------+---------------+---------------+
 *   |  S, C or E    | transfer type |   endpoint    |    device     |
 *   +---------------+---------------+---------------+---------------+
 *   |              bus              |  flags, time, status, lengths, setup
 *   +-------------------------------+-------------------------------+
 */
#include "print/printer.h"

enum { EVENT = 8, TRANSFER, ENDPOINT, DEVICE, BUS, LINUX_LEN = 48, MMAPPED_LEN = 64 };

enum { ENDPOINT_NUMBER = 0x7f };

enum transfer { ISOCHRONOUS, INTERRUPT, CONTROL, BULK };

NAMES(transfers, (0, "ISOCHRONOUS") (1, "INTERRUPT") (2, "CONTROL") (3, "BULK"));

NAMES(events, ('S', "SUBMIT") ('C', "COMPLETE") ('E', "ERROR"));

/* As tcpdump: taken from the type, because of the requests of that type that are common. */
static const char *direction(u8 transfer, u8 event)
{
    if (transfer > BULK || name_find(&events.names, event) == NULL)
        return "";
    return (transfer == INTERRUPT) == (event == 'S') ? " from" : " to";
}

static void say_request(struct dissect *d, struct view v, u32 header_len)
{
    if (!need(d, v, 0, header_len))
        return;
    d->link_header_len += header_len;
    say_z(d, "USB");
    if (d->opt->quick)
        return;
    u8 event = u8_at(d, v, EVENT), transfer = u8_at(d, v, TRANSFER);

    say_at(d, v, " %s %s%s %lu:%lu:%u", name_of(d, &transfers.names, transfer, " ?"),
           name_of(d, &events.names, event, "?"), direction(transfer, event), AT_LE16(BUS),
           AT_U8(DEVICE), u8_at(d, v, ENDPOINT) & ENDPOINT_NUMBER);
}

void print_usb(struct dissect *d, struct view v)
{
    d->proto = "usb_linux_48_byte";
    say_request(d, v, LINUX_LEN);
}

void print_usb_mmapped(struct dissect *d, struct view v)
{
    d->proto = "usb_linux_64_byte";
    say_request(d, v, MMAPPED_LEN);
}
