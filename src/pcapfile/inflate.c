/*
 * The deflate decoder.
 *
 * Huffman codes are resolved by table: the next bits of the input index a root table, whose entry
 * is the symbol or, for codes longer than the root, a subtable that is indexed by the bits after.
 *
 *     31            16 15     8 7      0
 *    +----------------+--------+--------+   value: literal, base of a length or distance, or where
 *    |     value      |   op   |  bits  |          the subtable begins
 *    +----------------+--------+--------+   bits:  how many this look-up uses up
 */
#include "pcapfile/inflate.h"

#include "base/bytes.h"
#include "base/check.h"
#include "base/mem.h"

/* Of an entry's op: one of these, or the number of extra bits of a length or distance. */
enum { OP_EXTRA = 0x0f, OP_LITERAL = 0x10, OP_END = 0x20, OP_SUBTABLE = 0x40, OP_INVALID = 0x80 };

enum { CODE_BITS = 15, LITERALS = 288, DISTANCES = 32, LENGTH_CODES = 19, END_OF_BLOCK = 256 };
enum { BLOCK_TYPE_STORED, BLOCK_TYPE_FIXED, BLOCK_TYPE_DYNAMIC };
enum { MATCH_MAX = 258, LENGTH_ROOT = 7 };

static u32 entry(u32 value, u32 op, u32 bits) { return value << 16 | op << 8 | bits; }

/* RFC 1951, section 3.2.5: base and extra bits of length codes 257.. and of distance codes. */
static const struct {
    u16 base;
    u8 extra;
} lengths[] = {
    { 3, 0 },  { 4, 0 },  { 5, 0 },  { 6, 0 },  { 7, 0 },  { 8, 0 },  { 9, 0 },   { 10, 0 },
    { 11, 1 }, { 13, 1 }, { 15, 1 }, { 17, 1 }, { 19, 2 }, { 23, 2 }, { 27, 2 },  { 31, 2 },
    { 35, 3 }, { 43, 3 }, { 51, 3 }, { 59, 3 }, { 67, 4 }, { 83, 4 }, { 99, 4 },  { 115, 4 },
    { 131, 5 }, { 163, 5 }, { 195, 5 }, { 227, 5 }, { 258, 0 },
}, distances[] = {
    { 1, 0 },     { 2, 0 },     { 3, 0 },     { 4, 0 },     { 5, 1 },      { 7, 1 },
    { 9, 2 },     { 13, 2 },    { 17, 3 },    { 25, 3 },    { 33, 4 },     { 49, 4 },
    { 65, 5 },    { 97, 5 },    { 129, 6 },   { 193, 6 },   { 257, 7 },    { 385, 7 },
    { 513, 8 },   { 769, 8 },   { 1025, 9 },  { 1537, 9 },  { 2049, 10 },  { 3073, 10 },
    { 4097, 11 }, { 6145, 11 }, { 8193, 12 }, { 12289, 12 }, { 16385, 13 }, { 24577, 13 },
};

enum alphabet { ALPHABET_LENGTHS, ALPHABET_LITERALS, ALPHABET_DISTANCES };

/* What a symbol's table entry says, apart from the number of bits. */
static u32 meaning(enum alphabet alphabet, u32 symbol)
{
    if (alphabet == ALPHABET_LENGTHS)
        return entry(symbol, OP_LITERAL, 0);
    if (alphabet == ALPHABET_DISTANCES)
        return symbol < countof(distances)
                   ? entry(distances[symbol].base, distances[symbol].extra, 0)
                   : entry(0, OP_INVALID, 0);
    if (symbol < END_OF_BLOCK)
        return entry(symbol, OP_LITERAL, 0);
    if (symbol == END_OF_BLOCK)
        return entry(0, OP_END, 0);
    symbol -= END_OF_BLOCK + 1;
    return symbol < countof(lengths) ? entry(lengths[symbol].base, lengths[symbol].extra, 0)
                                     : entry(0, OP_INVALID, 0);
}

static u32 reverse(u32 code, u32 bits)
{
    u32 reversed = 0;
    for (u32 i = 0; i < bits; i++)
        reversed |= (code >> i & 1) << (bits - 1 - i);
    return reversed;
}

/*
 * The width of the subtable that begins with a code of `bits` bits: it must hold all codes that
 * share the first `root` bits, and those are the next ones in order of length.
 */
static u32 subtable_width(const u16 *left, u32 bits, u32 root)
{
    u32 width = bits - root;
    u32 space = 1u << width;

    while (root + width < CODE_BITS) {
        if (left[root + width] >= space)
            break;
        space -= left[root + width];
        width++;
        space <<= 1;
    }
    return width;
}

/*
 * Builds the table of a canonical Huffman code, RFC 1951 section 3.2.2, out of the code lengths of
 * `count` symbols.  False when no such code exists, or when it leaves bit patterns unused, which is
 * allowed for a code of one symbol only.
 */
static bool build(u32 *table, u32 size, u32 root, enum alphabet alphabet, const u8 *code_lengths,
                  u32 count)
{
    u16 left[CODE_BITS + 1] = { 0 }; /* codes of each length that are still to be placed */
    u32 longest = 0;

    for (u32 i = 0; i < count; i++) {
        left[code_lengths[i]]++;
        if (code_lengths[i] > longest)
            longest = code_lengths[i];
    }
    left[0] = 0;

    u32 next[CODE_BITS + 1] = { 0 };
    u32 unused = 1;
    for (u32 bits = 1; bits <= CODE_BITS; bits++) {
        next[bits] = (next[bits - 1] + left[bits - 1]) << 1;
        unused <<= 1;
        if (left[bits] > unused)
            return false;
        unused -= left[bits];
    }
    if (unused > 0 && (longest > 1 || alphabet == ALPHABET_LENGTHS))
        return false;

    /* Symbols in order of their codes, so that each subtable is filled before the next begins. */
    u16 order[LITERALS];
    u16 first[CODE_BITS + 2] = { 0 };
    for (u32 bits = 1; bits <= CODE_BITS; bits++)
        first[bits + 1] = (u16)(first[bits] + left[bits]);
    u32 placed = first[CODE_BITS + 1];
    for (u32 i = 0; i < count; i++)
        if (code_lengths[i] != 0)
            order[first[code_lengths[i]]++] = (u16)i;

    for (u32 i = 0; i < 1u << root; i++)
        table[i] = entry(0, OP_INVALID, 1);
    u32 end = 1u << root; /* of the subtables so far */
    u32 prefix = UINT32_MAX, sub = 0, width = 0;
    for (u32 i = 0; i < placed; i++) {
        u32 bits = code_lengths[order[i]];
        u32 code = reverse(next[bits]++, bits);
        u32 what = meaning(alphabet, order[i]);
        if (bits <= root) {
            for (u32 at = code; at < 1u << root; at += 1u << bits)
                table[at] = what | bits;
        } else {
            if ((code & ((1u << root) - 1)) != prefix) {
                prefix = code & ((1u << root) - 1);
                width = subtable_width(left, bits, root);
                sub = end;
                end += 1u << width;
                check(end <= size);
                if (end > size)
                    return false;
                table[prefix] = entry(sub, OP_SUBTABLE | width, root);
            }
            for (u32 at = code >> root; at < 1u << width; at += 1u << (bits - root))
                table[sub + at] = what | (bits - root);
        }
        left[bits]--;
    }
    return true;
}

void inflate_open(struct inflate *z, struct byte_stream in, const void *first, size_t n)
{
    check(n <= INFLATE_INPUT);
    z->in = in;
    z->ended = false;
    z->failure = 0;
    if (n > 0)
        memcpy(z->input, first, n);
    z->at = 0;
    z->end = (u32)n;
    z->bits = 0;
    z->bit_count = 0;
    inflate_begin(z);
}

void inflate_begin(struct inflate *z)
{
    z->block = BLOCK_NONE;
    z->last_block = false;
    z->stored_left = 0;
    z->match_len = 0;
    z->match_distance = 0;
    z->window_len = 0;
}

/* Refills the spent input; waits for the stream.  False at its end. */
static bool input_more(struct inflate *z)
{
    if (z->ended)
        return false;
    i64 got = z->in.read(z->in.from, z->input, INFLATE_INPUT);
    z->at = 0;
    z->end = got > 0 ? (u32)got : 0;
    if (got > 0)
        return true;
    z->ended = true;
    z->failure = got;
    return false;
}

/* Whether `n` <= 48 bits are at hand; takes them from the input, but never waits. */
static bool bits_ready(struct inflate *z, u32 n)
{
    while (z->bit_count < n) {
        if (z->at == z->end)
            return false;
        z->bits |= (u64)z->input[z->at++] << z->bit_count;
        z->bit_count += 8;
    }
    return true;
}

/* The same, but waits. */
static bool bits_need(struct inflate *z, u32 n)
{
    while (!bits_ready(z, n))
        if (!input_more(z))
            return false;
    return true;
}

static void bits_drop(struct inflate *z, u32 n)
{
    z->bits >>= n;
    z->bit_count -= n;
}

/* `n` <= 16 bits that are at hand. */
static u32 bits_take(struct inflate *z, u32 n)
{
    u32 value = (u32)(z->bits & ((1u << n) - 1));
    bits_drop(z, n);
    return value;
}

int inflate_byte(struct inflate *z)
{
    bits_drop(z, z->bit_count % 8);
    return bits_need(z, 8) ? (int)bits_take(z, 8) : -1;
}

/* What to say when the input has stopped. */
static enum inflate_result cut_short(const struct inflate *z)
{
    return z->failure != 0 ? INFLATE_FAILED : INFLATE_TRUNCATED;
}

static enum inflate_result begin_stored(struct inflate *z)
{
    u32 field[4];
    for (u32 i = 0; i < countof(field); i++) {
        int byte = inflate_byte(z);
        if (byte < 0)
            return cut_short(z);
        field[i] = (u32)byte;
    }
    u32 len = field[0] | field[1] << 8;
    u32 complement = field[2] | field[3] << 8;
    if ((len ^ complement) != 0xffff)
        return INFLATE_CORRUPT;
    z->block = BLOCK_STORED;
    z->stored_left = len;
    return INFLATE_MORE;
}

static enum inflate_result begin_fixed(struct inflate *z)
{
    u8 code_lengths[LITERALS];
    memset(code_lengths, 8, 144);
    memset(code_lengths + 144, 9, 256 - 144);
    memset(code_lengths + 256, 7, 280 - 256);
    memset(code_lengths + 280, 8, LITERALS - 280);
    build(z->literal_table, INFLATE_LITERAL_TABLE, INFLATE_LITERAL_ROOT, ALPHABET_LITERALS,
          code_lengths, LITERALS);
    memset(code_lengths, 5, DISTANCES);
    build(z->distance_table, INFLATE_DISTANCE_TABLE, INFLATE_DISTANCE_ROOT, ALPHABET_DISTANCES,
          code_lengths, DISTANCES);
    z->block = BLOCK_CODED;
    return INFLATE_MORE;
}

/* The code lengths of both alphabets, themselves in a run-length Huffman code: section 3.2.7. */
static enum inflate_result read_code_lengths(struct inflate *z, const u32 *table, u8 *code_lengths,
                                             u32 count)
{
    enum { COPY_PREVIOUS = 16, ZEROES = 17, MANY_ZEROES = 18 };
    u32 done = 0;

    while (done < count) {
        /* 7 bits of code and 7 of repeat count; the very last symbols may have fewer left */
        while (!bits_ready(z, LENGTH_ROOT + 7))
            if (!input_more(z))
                break;
        u32 e = table[z->bits & ((1u << LENGTH_ROOT) - 1)];
        u32 used = e & 0xff, symbol = e >> 16;
        u32 extra = symbol == COPY_PREVIOUS ? 2 : symbol == ZEROES ? 3 : symbol == MANY_ZEROES ? 7 : 0;
        if (z->bit_count < used + extra)
            return cut_short(z);
        bits_drop(z, used);
        if (symbol < COPY_PREVIOUS) {
            code_lengths[done++] = (u8)symbol;
            continue;
        }
        u32 repeat = bits_take(z, extra) + (symbol == MANY_ZEROES ? 11 : 3);
        if (repeat > count - done || (symbol == COPY_PREVIOUS && done == 0))
            return INFLATE_CORRUPT;
        memset(code_lengths + done, symbol == COPY_PREVIOUS ? code_lengths[done - 1] : 0, repeat);
        done += repeat;
    }
    return INFLATE_MORE;
}

static enum inflate_result begin_dynamic(struct inflate *z)
{
    static const u8 order[LENGTH_CODES] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                            11, 4,  12, 3, 13, 2, 14, 1, 15 };
    u8 code_lengths[LITERALS + DISTANCES] = { 0 };
    u32 table[1 << LENGTH_ROOT];

    if (!bits_need(z, 14))
        return cut_short(z);
    u32 literals = bits_take(z, 5) + 257;
    u32 distance_count = bits_take(z, 5) + 1;
    u32 given = bits_take(z, 4) + 4;
    if (literals > 286 || distance_count > 30)
        return INFLATE_CORRUPT;

    for (u32 i = 0; i < given; i++) {
        if (!bits_need(z, 3))
            return cut_short(z);
        code_lengths[order[i]] = (u8)bits_take(z, 3);
    }
    if (!build(table, countof(table), LENGTH_ROOT, ALPHABET_LENGTHS, code_lengths, LENGTH_CODES))
        return INFLATE_CORRUPT;

    memset(code_lengths, 0, sizeof code_lengths);
    enum inflate_result result = read_code_lengths(z, table, code_lengths, literals + distance_count);
    if (result != INFLATE_MORE)
        return result;
    if (code_lengths[END_OF_BLOCK] == 0
        || !build(z->literal_table, INFLATE_LITERAL_TABLE, INFLATE_LITERAL_ROOT, ALPHABET_LITERALS,
                  code_lengths, literals)
        || !build(z->distance_table, INFLATE_DISTANCE_TABLE, INFLATE_DISTANCE_ROOT,
                  ALPHABET_DISTANCES, code_lengths + literals, distance_count))
        return INFLATE_CORRUPT;
    z->block = BLOCK_CODED;
    return INFLATE_MORE;
}

static enum inflate_result begin_block(struct inflate *z)
{
    if (!bits_need(z, 3))
        return cut_short(z);
    z->last_block = bits_take(z, 1);
    switch (bits_take(z, 2)) {
    case BLOCK_TYPE_STORED:
        return begin_stored(z);
    case BLOCK_TYPE_FIXED:
        return begin_fixed(z);
    case BLOCK_TYPE_DYNAMIC:
        return begin_dynamic(z);
    default:
        return INFLATE_CORRUPT;
    }
}

/* The output of one call. */
struct made {
    u8 *to;
    size_t n, room;
};

/* Copies as much of the pending back reference as fits.  False when it points before the start. */
static bool copy_match(struct inflate *z, struct made *m)
{
    size_t distance = z->match_distance;
    if (distance > m->n + z->window_len)
        return false;

    u32 len = z->match_len < m->room - m->n ? z->match_len : (u32)(m->room - m->n);
    z->match_len -= len;
    if (distance > m->n) {
        size_t back = distance - m->n;
        u32 part = back < len ? (u32)back : len;
        memcpy(m->to + m->n, z->window + INFLATE_WINDOW - back, part);
        m->n += part;
        len -= part;
        if (len == 0)
            return true;
    }
    u8 *to = m->to + m->n;
    m->n += len;
    if (distance >= len)
        memcpy(to, to - distance, len);
    else
        for (; len > 0; len--, to++)
            *to = *(to - distance);
    return true;
}

/* How decoding a symbol or a run of symbols ended. */
enum step { STEP_ON, STEP_END, STEP_STARVED, STEP_CORRUPT };

/*
 * One symbol, from as few bits as it takes: for the last bytes of input and of room.  A length
 * comes with its distance, and nothing is used up unless both are there.
 */
static enum step decode_one(struct inflate *z, struct made *m)
{
    bits_ready(z, 48);
    u64 bits = z->bits;
    u32 used = 0;

    u32 e = z->literal_table[bits & ((1u << INFLATE_LITERAL_ROOT) - 1)];
    if (e >> 8 & OP_SUBTABLE) {
        used = e & 0xff;
        e = z->literal_table[(e >> 16) + (bits >> used & ((1u << (e >> 8 & OP_EXTRA)) - 1))];
    }
    used += e & 0xff;
    if (used > z->bit_count)
        return STEP_STARVED;
    if (e >> 8 & OP_INVALID)
        return STEP_CORRUPT;
    if (e >> 8 & OP_LITERAL) {
        m->to[m->n++] = (u8)(e >> 16);
        bits_drop(z, used);
        return STEP_ON;
    }
    if (e >> 8 & OP_END) {
        bits_drop(z, used);
        return STEP_END;
    }

    u32 extra = e >> 8 & OP_EXTRA;
    u32 len = (e >> 16) + (u32)(bits >> used & ((1u << extra) - 1));
    used += extra;
    e = z->distance_table[bits >> used & ((1u << INFLATE_DISTANCE_ROOT) - 1)];
    if (e >> 8 & OP_SUBTABLE) {
        used += e & 0xff;
        e = z->distance_table[(e >> 16) + (bits >> used & ((1u << (e >> 8 & OP_EXTRA)) - 1))];
    }
    used += e & 0xff;
    extra = e >> 8 & OP_EXTRA;
    if (used + extra > z->bit_count)
        return STEP_STARVED;
    if (e >> 8 & OP_INVALID)
        return STEP_CORRUPT;
    z->match_len = len;
    z->match_distance = (e >> 16) + (u32)(bits >> used & ((1u << extra) - 1));
    bits_drop(z, used + extra);
    return copy_match(z, m) ? STEP_ON : STEP_CORRUPT;
}

/*
 * Symbols as long as any symbol fits into the input and any output into the room.  A refill leaves at
 * least 56 bits, and a length with its distance takes 48.
 */
static enum step decode_many(struct inflate *z, struct made *m)
{
    enum { INPUT_MARGIN = 8, ROOM_MARGIN = MATCH_MAX + 2 };

    while (z->end - z->at >= INPUT_MARGIN && m->room - m->n >= ROOM_MARGIN) {
        z->bits |= load_le64(z->input + z->at) << z->bit_count;
        z->at += (63 - z->bit_count) / 8;
        z->bit_count |= 56;

        u32 e = z->literal_table[z->bits & ((1u << INFLATE_LITERAL_ROOT) - 1)];
        if (e >> 8 & OP_LITERAL) {
            m->to[m->n++] = (u8)(e >> 16);
            bits_drop(z, e & 0xff);
            e = z->literal_table[z->bits & ((1u << INFLATE_LITERAL_ROOT) - 1)];
            if (e >> 8 & OP_LITERAL) {
                m->to[m->n++] = (u8)(e >> 16);
                bits_drop(z, e & 0xff);
                continue;
            }
            if (z->bit_count < 48)
                continue;
        }
        enum step step = decode_one(z, m);
        if (step != STEP_ON)
            return step;
    }
    return STEP_ON;
}

/* Keeps the end of what was made, for the references of the next call. */
static void remember(struct inflate *z, const struct made *m)
{
    if (m->n >= INFLATE_WINDOW) {
        memcpy(z->window, m->to + m->n - INFLATE_WINDOW, INFLATE_WINDOW);
        z->window_len = INFLATE_WINDOW;
    } else if (m->n > 0) {
        u32 n = (u32)m->n;
        memmove(z->window, z->window + n, INFLATE_WINDOW - n);
        memcpy(z->window + INFLATE_WINDOW - n, m->to, n);
        z->window_len = z->window_len + n < INFLATE_WINDOW ? z->window_len + n : INFLATE_WINDOW;
    }
}

/* Bytes of a stored block, as many as are at hand. */
static void copy_stored(struct inflate *z, struct made *m)
{
    while (z->bit_count > 0 && z->stored_left > 0 && m->n < m->room) {
        m->to[m->n++] = (u8)bits_take(z, 8);
        z->stored_left--;
    }
    if (z->bit_count > 0)
        return;
    z->bits = 0; /* a refill may have left bits there of bytes that are copied now */
    size_t part = z->end - z->at;
    if (part > z->stored_left)
        part = z->stored_left;
    if (part > m->room - m->n)
        part = m->room - m->n;
    memcpy(m->to + m->n, z->input + z->at, part);
    m->n += part;
    z->at += (u32)part;
    z->stored_left -= (u32)part;
}

/* Goes on with the current block; STEP_STARVED when it needs input that is not there. */
static enum step continue_block(struct inflate *z, struct made *m)
{
    if (z->block == BLOCK_STORED) {
        copy_stored(z, m);
        return z->stored_left == 0 ? STEP_END : m->n < m->room ? STEP_STARVED : STEP_ON;
    }
    enum step step = decode_many(z, m);
    while (step == STEP_ON && m->n < m->room)
        step = decode_one(z, m);
    return step;
}

static enum inflate_result run(struct inflate *z, struct made *m)
{
    if (z->match_len > 0 && !copy_match(z, m))
        return INFLATE_CORRUPT;
    while (m->n < m->room) {
        if (z->block == BLOCK_NONE) {
            if (z->last_block)
                return INFLATE_END;
            if (m->n > 0 && !bits_ready(z, 3) && !z->ended)
                return INFLATE_MORE;
            enum inflate_result result = begin_block(z);
            if (result != INFLATE_MORE)
                return result;
        }
        switch (continue_block(z, m)) {
        case STEP_ON:
            break;
        case STEP_END:
            z->block = BLOCK_NONE;
            break;
        case STEP_CORRUPT:
            return INFLATE_CORRUPT;
        case STEP_STARVED:
            if (m->n > 0 && !z->ended)
                return INFLATE_MORE;
            if (!input_more(z))
                return cut_short(z);
            break;
        }
    }
    return INFLATE_MORE;
}

enum inflate_result inflate_run(struct inflate *z, u8 *to, size_t n, size_t *made)
{
    struct made m = { to, 0, n };
    enum inflate_result result = run(z, &m);

    remember(z, &m);
    *made = m.n;
    return result;
}
