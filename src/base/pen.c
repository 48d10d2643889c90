/* The tables behind the pen, and its longer functions. */
#include "base/pen.h"

const char pen_two_digits[201] = "0001020304050607080910111213141516171819202122232425262728293031"
                                 "3233343536373839404142434445464748495051525354555657585960616263"
                                 "6465666768697071727374757677787980818283848586878889909192939495"
                                 "96979899";

const char pen_hex_pairs[513] =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
    "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
    "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
    "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
    "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
    "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
    "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

const char pen_hex_digits[17] = "0123456789abcdef";

/* One hundred rows of three digits each, without leading zeros. */
#define ONE(n)          { '0' + (n), 0, 0, 1 }
#define TWO(n)          { '0' + (n) / 10, '0' + (n) % 10, 0, 2 }
#define THREE(n)        { '0' + (n) / 100, '0' + (n) / 10 % 10, '0' + (n) % 10, 3 }
#define TEN(row, n)     row(n), row(n + 1), row(n + 2), row(n + 3), row(n + 4), row(n + 5), \
                        row(n + 6), row(n + 7), row(n + 8), row(n + 9)
#define HUNDRED(n)      TEN(THREE, n), TEN(THREE, n + 10), TEN(THREE, n + 20), TEN(THREE, n + 30), \
                        TEN(THREE, n + 40), TEN(THREE, n + 50), TEN(THREE, n + 60),                \
                        TEN(THREE, n + 70), TEN(THREE, n + 80), TEN(THREE, n + 90)

const char pen_byte_text[256][4] = {
    TEN(ONE, 0),
    TEN(TWO, 10), TEN(TWO, 20), TEN(TWO, 30), TEN(TWO, 40), TEN(TWO, 50),
    TEN(TWO, 60), TEN(TWO, 70), TEN(TWO, 80), TEN(TWO, 90),
    HUNDRED(100),
    TEN(THREE, 200), TEN(THREE, 210), TEN(THREE, 220), TEN(THREE, 230), TEN(THREE, 240),
    THREE(250), THREE(251), THREE(252), THREE(253), THREE(254), THREE(255),
};

/*
 * The digits of n < 10^8 as eight bytes of 0 to 9, the first one lowest.  Three steps halve the lanes of a
 * word: each lane's quotient stays below and its rest goes above, all lanes at once, since
 * quotient + (rest << bits) is (lane << bits) - quotient * ((divisor << bits) - 1).  The multiplications
 * that stand for divisions are exact here, as trying all n has shown.
 */
static SPEED_INLINE u64 eight_digits(u32 n)
{
    u64 q = n / 10000;
    u64 x = ((u64)n << 32) - q * ((10000ull << 32) - 1);
    q = x * 10486 >> 20 & 0x0000007f0000007f;
    x = (x << 16) - q * ((100 << 16) - 1);
    q = x * 103 >> 10 & 0x000f000f000f000f;
    return (x << 8) - q * ((10 << 8) - 1);
}

char *pen_dec_large(char *p, u32 n)
{
    const u64 zeros = 0x3030303030303030;
    u32 skipped = 0;
    u64 digits;

    if (n >= 100000000) {
        u32 head = n / 100000000;
        p = head >= 10 ? pen_two(p, head) : pen_char(p, (char)('0' + head));
        digits = eight_digits(n - head * 100000000);
    } else {
        digits = eight_digits(n);
        skipped = (u32)__builtin_ctzll(digits) / 8;
    }
    store_le64(p, (digits | zeros) >> 8 * skipped);
    return p + 8 - skipped;
}

char *pen_hex(char *p, u64 value)
{
    u32 shift = 60;
    while (shift > 0 && value >> shift == 0)
        shift -= 4;
    for (;; shift -= 4) {
        *p++ = pen_hex_digits[value >> shift & 15];
        if (shift == 0)
            return p;
    }
}

/* A run of zero words in an IPv6 address. */
struct zero_run {
    u32 at, count;
};

/*
 * The longest run of at least two zero words, the first of several (RFC 5952, section 4.2).  Bit i
 * of `zeros` says that word i is zero.
 */
static struct zero_run longest_zero_run(u32 zeros)
{
    u32 starts = zeros, count = 1; /* where `count` zero words begin */

    for (; (starts & zeros >> count) != 0; count++)
        starts &= zeros >> count;
    if (count < 2)
        return (struct zero_run){ 0, 0 };
    return (struct zero_run){ (u32)__builtin_ctz(starts), count };
}

static char *pen_word(char *p, u32 word)
{
    if (word >= 0x1000)
        return pen_hex4(p, word);
    if (word >= 0x100)
        *p++ = pen_hex_digits[word >> 8];
    if (word >= 0x10)
        *p++ = pen_hex_digits[word >> 4 & 15];
    *p++ = pen_hex_digits[word & 15];
    return p;
}

char *pen_ip6(char *p, const void *address)
{
    const u8 *a = address;
    u16 words[8];
    u32 zero_words = 0;

    for (u32 i = 0; i < 8; i++) {
        words[i] = load_be16(a + 2 * i);
        zero_words |= (u32)(words[i] == 0) << i;
    }
    struct zero_run zeros = longest_zero_run(zero_words);
    /* ::a.b.c.d and ::ffff:a.b.c.d carry an IPv4 address (RFC 4291, section 2.5.5) */
    bool mapped = zeros.at == 0 && (zeros.count == 6 || (zeros.count == 5 && words[5] == 0xffff));

    for (u32 i = 0; i < 8; i++) {
        if (zeros.count > 0 && i == zeros.at) {
            i += zeros.count - 1;
            *p++ = ':';
            if (i == 7)
                *p++ = ':';
            continue;
        }
        if (i > 0)
            *p++ = ':';
        if (i == 6 && mapped)
            return pen_ip4(p, a + 12);
        p = pen_word(p, words[i]);
    }
    return p;
}

char *pen_mac(char *p, const void *address)
{
    const u8 *a = address;

    p = pen_hex2(p, a[0]);
    for (u32 i = 1; i < 6; i++)
        p = pen_hex2(pen_char(p, ':'), a[i]);
    return p;
}
