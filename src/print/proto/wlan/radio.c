/*
 * What drivers tell about reception before an 802.11 frame, in the two formats that came before
 * radiotap: the header of the Prism2 driver, 144 bytes of which nothing is shown, and that of AVS,
 * which begins with its version, 32 bits, and length, 32 bits, in network byte order.
 */
#include "print/printer.h"
#include "print/proto/wlan/wlan.h"

enum { VERSION, LENGTH = 4, AVS_MIN = 8, PRISM_LEN = 144 };

/* Versions of AVS, which some drivers have written into captures of the other type. */
enum { AVS_VERSION_1 = 0x80211001, AVS_VERSION_2 };

static void say_frame(struct dissect *d, struct view v, u32 header)
{
    if (!view_has(v, 0, header)) {
        truncated(d);
        header = v.cap;
    } else {
        header += wlan_frame(d, view_from(v, header), (struct wlan_layout){ false, 0 });
    }
    if (!d->sealed)
        d->link_header_len += header;
}

void print_avs(struct dissect *d, struct view v)
{
    d->proto = "802.11_radio_avs";
    if (!view_has(v, 0, AVS_MIN) || be32_at(d, v, LENGTH) < AVS_MIN) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    say_frame(d, v, be32_at(d, v, LENGTH));
}

void print_prism(struct dissect *d, struct view v)
{
    d->proto = "prism";
    if (!view_has(v, VERSION, 4)) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    u32 version = be32_at(d, v, VERSION);
    if (version == AVS_VERSION_1 || version == AVS_VERSION_2)
        print_avs(d, v);
    else
        say_frame(d, v, PRISM_LEN);
}
