/*
 * Radiotap: what a driver tells about the reception of an 802.11 frame.  www.radiotap.org.  Numbers
 * are little-endian.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    version    |      pad      |  length of this and all below |
 *   |  present: which fields follow, from bit 0 on.  Bit 31: another such word follows
 *   |  fields, each at a multiple of its alignment                  |
 *   +---------------------------------------------------------------+
 *
 * Bit 29 of a word makes the next one begin with bit 0 again, bit 30 gives it to a vendor;
 * otherwise it goes on with bit 32.
 */
#include "print/printer.h"
#include "print/proto/wlan/wlan.h"

enum { LENGTH = 2, PRESENT = 4, HEADER_LEN = 8, WORD_LEN = 4 };

enum present {
    PRESENT_EXTENDED_CHANNEL = 1u << 18,
    PRESENT_MCS = 1u << 19,
    NEXT_IS_RADIOTAP = 1u << 29,
    NEXT_IS_VENDOR = 1u << 30
};

enum { BIT_RADIOTAP = 29, EXTENSION_SHIFT = 31 };

/* The header of what a vendor has added: its OUI, a name space, and how much there is. */
enum { VENDOR_SKIP = 4, VENDOR_LEN = 6 };

enum flag { FLAG_FCS = 0x10, FLAG_PADDED = 0x20 };

/* What is known about the frame so far. */
struct reception {
    u32 present; /* of the word being printed */
    u8 flags;
};

static void say_time(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say(d, "%lluus tsft ", (unsigned long long)le64_at(d, v, 0));
}

static void say_flags(struct dissect *d, struct view v, struct reception *r)
{
    NAMES(flags,
          (0x01, "cfp ")
          (0x02, "short preamble ")
          (0x04, "wep ")
          (0x08, "fragmented ")
          (0x40, "bad-fcs "));

    r->flags = u8_at(d, v, 0);
    say_z(d, flags_of(d, &flags.names, r->flags, "", ""));
}

static void say_rate(struct dissect *d, struct view v, struct reception *r)
{
    u8 rate = u8_at(d, v, 0);

    (void)r;
    if (rate >= 0x80 && rate <= 0x8f)
        say(d, "MCS %u ", rate & 0x7fu);
    else
        say(d, "%u.%u Mb/s ", rate / 2u, rate % 2u * 5);
}

static bool has_all(u32 flags, u32 wanted)
{
    return (flags & wanted) == wanted;
}

static void say_frequency(struct dissect *d, u16 frequency, u32 flags, u32 present)
{
    enum {
        TURBO = 0x10,
        CCK = 0x20,
        OFDM = 0x40,
        GHZ2 = 0x80,
        GHZ5 = 0x100,
        DYNAMIC = 0x400,
        GFSK = 0x800,
        HALF = 0x4000,
        QUARTER = 0x8000,
        HT20 = 0x10000,
        HT40_UP = 0x20000,
        HT40_DOWN = 0x40000,
    };
    const char *width = (flags & HALF) != 0 ? "/10Mhz" : (flags & QUARTER) != 0 ? "/5Mhz" : "";

    say(d, "%u MHz", frequency);
    if ((present & PRESENT_MCS) != 0) {
        say_z(d, " 11n");
    } else {
        if (has_all(flags, GHZ2 | GFSK))
            say_z(d, " FHSS");
        if (has_all(flags, GHZ5 | OFDM))
            say(d, " 11a%s", width);
        if (has_all(flags, GHZ2 | OFDM) || has_all(flags, GHZ2 | DYNAMIC))
            say(d, " 11g%s", width);
        else if (has_all(flags, GHZ2 | CCK))
            say_z(d, " 11b");
        if ((flags & TURBO) != 0)
            say_z(d, " Turbo");
    }
    if ((flags & HT20) != 0)
        say_z(d, " ht/20");
    else if ((flags & HT40_DOWN) != 0)
        say_z(d, " ht/40-");
    else if ((flags & HT40_UP) != 0)
        say_z(d, " ht/40+");
    say_z(d, " ");
}

static void say_channel(struct dissect *d, struct view v, struct reception *r)
{
    if ((r->present & PRESENT_EXTENDED_CHANNEL) == 0)
        say_frequency(d, le16_at(d, v, 0), le16_at(d, v, 2), r->present);
}

static void say_extended_channel(struct dissect *d, struct view v, struct reception *r)
{
    say_frequency(d, le16_at(d, v, 4), le32_at(d, v, 0), r->present);
}

static void say_hopping(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say_at(d, v, "fhset %lu fhpat %lu ", AT_U8(0), AT_U8(1));
}

static void say_signal_dbm(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say(d, "%ddBm signal ", (i8)u8_at(d, v, 0));
}

static void say_noise_dbm(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say(d, "%ddBm noise ", (i8)u8_at(d, v, 0));
}

static void say_quality(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say_at(d, v, "%lu sq ", AT_LE16(0));
}

static void say_attenuation(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say(d, "%d tx power ", -(int)(i16)le16_at(d, v, 0));
}

static void say_attenuation_db(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say(d, "%ddB tx attenuation ", -(int)(i8)u8_at(d, v, 0));
}

static void say_power(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say(d, "%ddBm tx power ", (i8)u8_at(d, v, 0));
}

static void say_antenna(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say_at(d, v, "antenna %lu ", AT_U8(0));
}

static void say_signal_db(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say_at(d, v, "%ludB signal ", AT_U8(0));
}

static void say_noise_db(struct dissect *d, struct view v, struct reception *r)
{
    (void)r;
    say_at(d, v, "%ludB noise ", AT_U8(0));
}

static void say_nothing(struct dissect *d, struct view v, struct reception *r)
{
    (void)d;
    (void)v;
    (void)r;
}

/* -- 802.11n */

enum mcs_known {
    MCS_HAS_WIDTH = 0x01,
    MCS_HAS_INDEX = 0x02,
    MCS_HAS_GUARD = 0x04,
    MCS_HAS_FORMAT = 0x08,
    MCS_HAS_FEC = 0x10,
    MCS_HAS_STBC = 0x20,
};

enum mcs_flag {
    MCS_WIDTH = 0x03,
    MCS_SHORT_GUARD = 0x04,
    MCS_GREENFIELD = 0x08,
    MCS_LDPC = 0x10,
    MCS_STBC_SHIFT = 5
};

/*
 * Twice the bits that one subcarrier carries in a symbol, by the number of the modulation and
 * coding scheme.  IEEE 802.11-2016, clause 19.5: 0 to 7 for each of one to four streams, then 32,
 * which exists in wide channels only, and streams that differ.
 */
static const u8 mcs_bits[] = {
    1,  2,  3,  4,  6,  8,  9,  10, 2,  4,  6,  8,  12, 16, 18, 20, 3,  6,  9,  12,
    18, 24, 27, 30, 4,  8,  12, 16, 24, 32, 36, 40, 0,  6,  8,  10, 9,  12, 15, 8,
    10, 10, 12, 14, 14, 16, 12, 15, 15, 18, 21, 21, 24, 10, 12, 14, 12, 14, 16, 18,
    16, 18, 20, 20, 22, 15, 18, 21, 18, 21, 24, 27, 24, 27, 30, 30, 33,
};

enum { MCS_DUPLICATE = 32 };

/* Prints the rate of an 802.11n scheme: so many subcarriers at a symbol each 4 or 3.6 microseconds.
 */
static void say_mcs_rate(struct dissect *d, u8 index, bool wide, bool short_guard)
{
    u32 subcarriers = wide ? 108 : 52, twice_bits = index < countof(mcs_bits) ? mcs_bits[index] : 0;

    if (index == MCS_DUPLICATE && wide) { /* the same on both halves */
        subcarriers = 48;
        twice_bits = 1;
    }
    if (twice_bits == 0)
        return;
    u32 symbol_tenths = short_guard ? 36 : 40;
    u32 tenths = (subcarriers * twice_bits * 100 + symbol_tenths) / (2 * symbol_tenths);
    say(d, "%u.%u Mb/s ", tenths / 10, tenths % 10);
}

static void say_mcs(struct dissect *d, struct view v, struct reception *r)
{
    static const char *const widths[] = { "20 MHz", "40 MHz", "20 MHz (L)", "20 MHz (U)" };
    u8 known = u8_at(d, v, 0), flags = u8_at(d, v, 1), index = u8_at(d, v, 2);
    u32 width = flags & MCS_WIDTH;

    (void)r;
    if ((known & MCS_HAS_INDEX) != 0) {
        if ((known & (MCS_HAS_WIDTH | MCS_HAS_GUARD)) != 0)
            say_mcs_rate(d, index, width == 1, (flags & MCS_SHORT_GUARD) != 0);
        say(d, "MCS %u ", index);
    }
    if ((known & MCS_HAS_WIDTH) != 0)
        say(d, "%s ", widths[width]);
    if ((known & MCS_HAS_GUARD) != 0)
        say(d, "%s GI ", (flags & MCS_SHORT_GUARD) != 0 ? "short" : "long");
    if ((known & MCS_HAS_FORMAT) != 0)
        say(d, "%s ", (flags & MCS_GREENFIELD) != 0 ? "greenfield" : "mixed");
    if ((known & MCS_HAS_FEC) != 0)
        say(d, "%s FEC ", (flags & MCS_LDPC) != 0 ? "LDPC" : "BCC");
    if ((known & MCS_HAS_STBC) != 0)
        say(d, "RX-STBC%u ", (u32)flags >> MCS_STBC_SHIFT & 3);
}

/* -- 802.11ac */

enum { VHT_KNOWN, VHT_FLAGS = 2, VHT_WIDTH, VHT_USERS, VHT_CODING = 8, VHT_USERS_MAX = 4 };

enum { VHT_HAS_GUARD = 0x04, VHT_HAS_WIDTH = 0x40, VHT_SHORT_GUARD = 0x04, VHT_WIDTH_MASK = 0x1f };

/* The last but four is (LUU); its text is the reference's. */
NAMES(vht_widths,
      (0, "20 MHz") (1, "40 MHz") (2, "20 MHz (L)") (3, "20 MHz (U)") (4, "80 MHz")
      (5, "80 MHz (L)") (6, "80 MHz (U)") (7, "80 MHz (LL)") (8, "80 MHz (LU)") (9, "80 MHz (UL)")
      (10, "80 MHz (UU)") (11, "160 MHz") (12, "160 MHz (L)") (13, "160 MHz (U)")
      (14, "160 MHz (LL)") (15, "160 MHz (LU)") (16, "160 MHz (UL)") (17, "160 MHz (UU)")
      (18, "160 MHz (LLL)") (19, "160 MHz (LLU)") (20, "160 MHz (LUL)") (21, "160 MHz (UUU)")
      (22, "160 MHz (ULL)") (23, "160 MHz (ULU)") (24, "160 MHz (UUL)") (25, "160 MHz (UUU)"));

static void say_vht(struct dissect *d, struct view v, struct reception *r)
{
    u16 known = le16_at(d, v, VHT_KNOWN);
    u8 coding = u8_at(d, v, VHT_CODING);

    (void)r;
    for (u32 i = 0; i < VHT_USERS_MAX; i++) {
        u8 user = u8_at(d, v, VHT_USERS + i);
        if ((user & 15) != 0) /* it has streams */
            say(d, "User %u MCS %u %s FEC ", i, (u32)user >> 4,
                (coding >> i & 1) != 0 ? "LDPC" : "BCC");
    }
    if ((known & VHT_HAS_WIDTH) != 0)
        say(d, "%s ",
            name_of(d, &vht_widths.names, u8_at(d, v, VHT_WIDTH) & VHT_WIDTH_MASK,
                    "unknown (%u)"));
    if ((known & VHT_HAS_GUARD) != 0)
        say(d, "%s GI ", (u8_at(d, v, VHT_FLAGS) & VHT_SHORT_GUARD) != 0 ? "short" : "long");
}

/* -- the walk */

/* By bit; a field without a printer ends the walk, because its length is not known. */
static const struct field {
    u8 len, alignment;
    void (*say)(struct dissect *d, struct view v, struct reception *r);
} fields[BIT_RADIOTAP] = {
    [0] = { 8, 8, say_time },
    [1] = { 1, 1, say_flags },
    [2] = { 1, 1, say_rate },
    [3] = { 4, 2, say_channel },
    [4] = { 2, 1, say_hopping },
    [5] = { 1, 1, say_signal_dbm },
    [6] = { 1, 1, say_noise_dbm },
    [7] = { 2, 2, say_quality },
    [8] = { 2, 2, say_attenuation },
    [9] = { 1, 1, say_attenuation_db },
    [10] = { 1, 1, say_power },
    [11] = { 1, 1, say_antenna },
    [12] = { 1, 1, say_signal_db },
    [13] = { 1, 1, say_noise_db },
    [14] = { 2, 2, say_nothing }, /* receiver's flags */
    [18] = { 8, 4, say_extended_channel },
    [19] = { 3, 1, say_mcs },
    [20] = { 8, 4, say_nothing }, /* aggregation */
    [21] = { 12, 2, say_vht },
};

/* Where the next field of `len` bytes is in the header `v`, or nowhere: false. */
static bool take(struct view v, u32 *at, u32 len, u32 alignment, struct view *field)
{
    u32 start = (*at + alignment - 1) / alignment * alignment;

    if (!view_has(v, start, len))
        return false;
    *field = view_sub(v, start, len);
    *at = start + len;
    return true;
}

/* Passes over what a vendor has put into the header.  False when it does not fit. */
static bool skip_vendor(struct dissect *d, struct view v, u32 *at)
{
    struct view vendor;

    if (!take(v, at, VENDOR_LEN, 2, &vendor)) {
        truncated(d);
        return false;
    }
    return take(v, at, le16_at(d, vendor, VENDOR_SKIP), 1, &vendor);
}

/* The fields of one word of which bit 0 is field number `first`.  False when the walk ends. */
static bool say_fields(struct dissect *d, struct view v, u32 *at, u32 first, struct reception *r)
{
    for (u32 bit = 0; bit < BIT_RADIOTAP; bit++) {
        struct view value;
        if ((r->present >> bit & 1) == 0)
            continue;
        if (first > 0 || fields[bit].say == NULL) {
            say(d, "[bit %u] ", first + bit);
            return false;
        }
        if (!take(v, at, fields[bit].len, fields[bit].alignment, &value)) {
            truncated(d);
            return false;
        }
        fields[bit].say(d, value, r);
    }
    return true;
}

/* The header, of which `words` words of bits are there. */
static void say_header(struct dissect *d, struct view v, u32 words, struct reception *r)
{
    u32 at = PRESENT + words * WORD_LEN, first = 0;
    bool vendor = false;

    for (u32 i = 0; i < words && !d->sealed; i++) {
        r->present = le32_at(d, v, PRESENT + i * WORD_LEN);
        if (!vendor && !say_fields(d, v, &at, first, r))
            return;
        first += 32;
        if ((r->present & NEXT_IS_RADIOTAP) != 0) {
            first = 0;
            vendor = false;
        } else if ((r->present & NEXT_IS_VENDOR) != 0) {
            first = 0;
            vendor = true;
            if (!skip_vendor(d, v, &at))
                return;
        }
    }
}

/* How many words of bits there are; 0 when they go past the header. */
static u32 count_words(struct dissect *d, struct view v)
{
    for (u32 words = 1; view_has(v, PRESENT, words * WORD_LEN); words++)
        if (le32_at(d, v, PRESENT + (words - 1) * WORD_LEN) >> EXTENSION_SHIFT == 0)
            return words;
    return 0;
}

void print_radiotap(struct dissect *d, struct view v)
{
    d->proto = "802.11_radio";
    u32 len = view_has(v, 0, HEADER_LEN) ? le16_at(d, v, LENGTH) : 0;
    struct view header = view_clip(v, len);
    u32 words = len >= HEADER_LEN && view_has(v, 0, len) ? count_words(d, header) : 0;

    if (words == 0) {
        truncated(d);
        d->link_header_len += v.cap;
        return;
    }
    struct reception r = { 0 };
    say_header(d, header, words, &r);
    len += wlan_frame(
        d, view_from(v, len),
        (struct wlan_layout){ (r.flags & FLAG_PADDED) != 0, (r.flags & FLAG_FCS) != 0 ? 4 : 0 });
    if (!d->sealed)
        d->link_header_len += len;
}
