/* What the files of 802.11 share. */
#ifndef PRINT_PROTO_WLAN_WLAN_H
#define PRINT_PROTO_WLAN_WLAN_H

#include "print/dissect.h"

/* The frame control field, read as a little-endian number.  IEEE 802.11, clause 9.2.4.1. */
enum wlan_control {
    WLAN_TO_DS = 0x0100,
    WLAN_FROM_DS = 0x0200,
    WLAN_MORE_FRAGMENTS = 0x0400,
    WLAN_RETRY = 0x0800,
    WLAN_POWER_MANAGEMENT = 0x1000,
    WLAN_MORE_DATA = 0x2000,
    WLAN_PROTECTED = 0x4000,
    WLAN_ORDER = 0x8000,
};

static inline u32 wlan_type(u16 control)
{
    return control >> 2 & 3;
}

static inline u32 wlan_subtype(u16 control)
{
    return control >> 4 & 15;
}

/* How a capturing device has arranged a frame. */
struct wlan_layout {
    bool padded; /* the header is filled up to a multiple of four bytes */
    u32 fcs_len; /* bytes of the checksum at the end */
};

/* Prints an 802.11 frame.  Returns how many bytes of it -x, -X and -A skip. */
u32 wlan_frame(struct dissect *d, struct view v, struct wlan_layout layout);

/*
 * The body of a management frame and the name of its kind; `source` is its sender, 6 bytes, which
 * is shown where -e has not.  False when the body is cut or contradicts itself.
 */
bool wlan_management(struct dissect *d, u16 control, const void *source, struct view body);

/* The WEP header of a protected body.  False when it is cut. */
bool wlan_wep(struct dissect *d, struct view body);

/* The names of an action frame's category and action. */
void wlan_action(struct dissect *d, u8 category, u8 action);

/* The texts of codes; in scratch memory where there is none. */
const char *wlan_status(struct dissect *d, u16 code);
const char *wlan_reason(struct dissect *d, u16 code);

#endif
