/*
 * The headers that capturing software itself made are in the order of the machine that it ran on.
 *
 * Linux, Documentation/usb/usbmon.rst, "Raw binary format": identifier 8, S, C or E 1, transfer
 * type 1, endpoint 1, device 1, bus 2, flags 2, seconds 8, microseconds 4, status 4, length 4,
 * captured 4, setup 8 or, of isochronous transfers, errors 4 and descriptors 4; mmapped also:
 * interval 4, start 4, flags 4, descriptors 4, which follow: status 4, offset 4, length 4, nothing 4.
 *
 * LINKTYPE_NFLOG: family 1, version 1, resource 2, then fields: length 2, type 2, value.
 */
#include "pcapfile/pseudo.h"

#include "base/linktype.h"

static void reverse(u8 *bytes, u32 n)
{
    for (u32 i = 0; i < n / 2; i++) {
        u8 first = bytes[i];
        bytes[i] = bytes[n - 1 - i];
        bytes[n - 1 - i] = first;
    }
}

static void swap_usb(u8 *data, u32 n, bool mmapped)
{
    enum { TRANSFER = 9, ISOCHRONOUS = 0, COUNT = 60, MMAPPED_LEN = 64, EACH = 16, NOTHING = 12 };
    static const struct {
        u8 at, n, isochronous, mmapped;
    } fields[] = {
        { 0, 8, 0, 0 },  { 12, 2, 0, 0 }, { 16, 8, 0, 0 }, { 24, 4, 0, 0 }, { 28, 4, 0, 0 },
        { 32, 4, 0, 0 }, { 36, 4, 0, 0 }, { 40, 4, 1, 0 }, { 44, 4, 1, 0 }, { 48, 4, 0, 1 },
        { 52, 4, 0, 1 }, { 56, 4, 0, 1 }, { 60, 4, 0, 1 },
    };
    bool isochronous = n > TRANSFER && data[TRANSFER] == ISOCHRONOUS;

    for (size_t i = 0; i < countof(fields); i++)
        if (fields[i].at + fields[i].n <= n && isochronous >= fields[i].isochronous &&
            mmapped >= fields[i].mmapped)
            reverse(data + fields[i].at, fields[i].n);
    if (!isochronous || !mmapped || n < MMAPPED_LEN)
        return;
    u32 count = load_le32(data + COUNT);
    for (u32 at = MMAPPED_LEN; count > 0 && at + 4 <= n; at += 4) {
        if (at % EACH < NOTHING)
            reverse(data + at, 4);
        else
            count--;
    }
}

static void swap_nflog(u8 *data, u32 n)
{
    enum { VERSION = 1, FIELDS = 4, FIELD_HEADER = 4 };

    if (n < FIELDS || data[VERSION] != 0)
        return;
    for (u32 at = FIELDS; n - at >= FIELD_HEADER;) {
        reverse(data + at, 2);
        reverse(data + at + 2, 2);
        u32 size = (load_le16(data + at) + 3u) & ~3u;
        if (size < FIELD_HEADER || size > n - at)
            return;
        at += size;
    }
}

bool pseudo_header_has_order(u32 linktype)
{
    return linktype == LINKTYPE_USB_LINUX || linktype == LINKTYPE_USB_LINUX_MMAPPED ||
           linktype == LINKTYPE_NFLOG;
}

void pseudo_header_swap(u8 *data, u32 n, u32 linktype)
{
    switch (linktype) {
    case LINKTYPE_USB_LINUX: swap_usb(data, n, false); break;
    case LINKTYPE_USB_LINUX_MMAPPED: swap_usb(data, n, true); break;
    case LINKTYPE_NFLOG: swap_nflog(data, n); break;
    default: break;
    }
}
