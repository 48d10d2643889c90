/* The fields of calls and replies: XDR (RFC 4506), and structures of AFS. */
#include "base/time.h"
#include "print/printer.h"
#include "print/proto/rx/rx.h"

enum { WORD = 4, UUID_WORDS = 11 };

/* Where a message is being read. */
struct fields {
    struct view v;
    u32 at;
    const struct rx_service *service;
    bool ubik; /* of a call that several services share */
    bool cut;  /* the rest is not there, and that has been said */
};

typedef void conversion(struct dissect *d, struct fields *f);

/* Says [|fs] and the like, and ends the fields; printing goes on. */
static void end_fields(struct dissect *d, struct fields *f)
{
    d->proto = f->ubik ? "ubik" : f->service->name;
    truncated(d);
    d->proto = "rx";
    f->cut = true;
}

/* Whether the next `n` bytes are captured; otherwise the fields end. */
static bool want_fields(struct dissect *d, struct fields *f, u32 n)
{
    if (!view_has(f->v, f->at, n))
        end_fields(d, f);
    return !f->cut;
}

static u32 take_word(struct dissect *d, struct fields *f)
{
    u32 at = f->at;

    f->at += WORD;
    return be32_at(d, f->v, at);
}

/* An array begins with the number of its elements. */
static u32 take_count(struct dissect *d, struct fields *f)
{
    u32 n = take_word(d, f);

    if (n == 0)
        say_z(d, " <none!>");
    return n;
}

static void say_unsigned(struct dissect *d, struct fields *f)
{
    say(d, " %u", take_word(d, f));
}

static void say_signed(struct dissect *d, struct fields *f)
{
    say(d, " %d", (int)take_word(d, f));
}

static void say_wide(struct dissect *d, struct fields *f)
{
    u64 value = be64_at(d, f->v, f->at);

    f->at += 8;
    say_z(d, " ");
    out_dec64(d->out, value);
}

static void say_pair(struct dissect *d, struct fields *f)
{
    if (!want_fields(d, f, 2 * WORD))
        return;
    u32 first = take_word(d, f);
    say(d, " %u.%u", first, take_word(d, f));
}

static void say_sync_site(struct dissect *d, struct fields *f)
{
    say(d, " syncsite %s", take_word(d, f) != 0 ? "yes" : "no");
}

static void say_date(struct dissect *d, struct fields *f)
{
    i64 seconds = (i32)take_word(d, f);
    struct time_zone zone = d->opt->zone;

    if (zone.offset != NULL)
        seconds += zone.offset(zone.context, seconds);
    struct civil t = civil_from_seconds(seconds);
    say(d, " %d/%02u/%02u %02u:%02u:%02u", (int)t.year, t.month, t.day, t.hour, t.minute, t.second);
}

/* Volume, vnode and uniquifier of a file. */
static void say_file(struct dissect *d, struct fields *f)
{
    if (!want_fields(d, f, 3 * WORD))
        return;
    u32 volume = take_word(d, f), vnode = take_word(d, f);
    say(d, " fid %u/%u/%u", volume, vnode, take_word(d, f));
}

static void say_server(struct dissect *d, struct fields *f)
{
    if (!want_fields(d, f, 3 * WORD))
        return;
    u32 first = take_word(d, f), second = take_word(d, f);
    say(d, " server %u:%u:%u", first, second, take_word(d, f));
}

/* A counted array with commas between its elements. */
static void say_list(struct dissect *d, struct fields *f, conversion *say_one)
{
    u32 n = take_count(d, f);

    for (u32 i = 0; repeat(d, i, n) && !f->cut; i++) {
        if (i > 0)
            say_z(d, ",");
        say_one(d, f);
    }
}

static void say_files(struct dissect *d, struct fields *f)
{
    say_list(d, f, say_file);
}
static void say_servers(struct dissect *d, struct fields *f)
{
    say_list(d, f, say_server);
}

static void say_numbers(struct dissect *d, struct fields *f)
{
    u32 n = take_count(d, f);

    for (u32 i = 0; repeat(d, i, n); i++)
        say_signed(d, f);
}

/* How far a string of `n` bytes reaches: XDR fills it up to whole words. */
static u32 padded(u32 n)
{
    return (n + WORD - 1) / WORD * WORD;
}

static void say_string(struct dissect *d, struct fields *f)
{
    u32 n = take_word(d, f);

    if (d->sealed)
        return;
    if (n > f->service->string_max) {
        end_fields(d, f);
        return;
    }
    say_z(d, " \"");
    if (!say_visible(d, view_sub(f->v, f->at, n))) {
        end_fields(d, f);
        return;
    }
    say_z(d, "\"");
    f->at += padded(n);
}

static void skip_string(struct dissect *d, struct fields *f)
{
    u32 n = take_word(d, f);

    if (want_fields(d, f, n))
        f->at += n; /* as tcpdump, without what fills it up */
}

/* A string of a fixed number of words, in each of which the last byte is a letter. */
static void say_name(struct dissect *d, struct fields *f)
{
    u32 words = f->service->name_words;

    if (!want_fields(d, f, words * WORD))
        return;
    say_z(d, " \"");
    for (u32 i = 0; i < words; i++) {
        u8 letter = u8_at(d, f->v, f->at + i * WORD + 3);
        if (letter == '\0')
            break;
        out_visible(d->out, letter);
    }
    say_z(d, "\"");
    f->at += words * WORD;
}

static void say_names(struct dissect *d, struct fields *f)
{
    u32 n = take_count(d, f);

    for (u32 i = 0; repeat(d, i, n) && !f->cut; i++)
        say_name(d, f);
}

/* A UUID in eleven words, one for each number and for each byte behind them. */
static void say_uuid(struct dissect *d, struct fields *f)
{
    enum { NUMBERS = 3 };

    if (!want_fields(d, f, UUID_WORDS * WORD))
        return;
    u32 low = take_word(d, f), middle = take_word(d, f);
    say(d, " %08x%04x%04x", low, middle, take_word(d, f));
    for (u32 i = NUMBERS; i < UUID_WORDS; i++)
        say(d, "%02x", take_word(d, f) & 0xff);
}

/* What is to be set: a mask says which of the fields count. */
static void say_store_status(struct dissect *d, struct fields *f)
{
    enum { DATE = 1, OWNER = 2, GROUP = 4, MODE = 8, SEGMENT_SIZE = 16, FSYNC = 1024 };

    if (!want_fields(d, f, 6 * WORD))
        return;
    u32 mask = take_word(d, f);
    if (mask != 0)
        say_z(d, " StoreStatus");
    struct fields date = *f;
    if ((mask & DATE) != 0) {
        say_z(d, " date");
        say_date(d, &date);
    }
    f->at += WORD;
    u32 owner = take_word(d, f), group = take_word(d, f), mode = take_word(d, f);
    u32 segment_size = take_word(d, f);
    if ((mask & OWNER) != 0)
        say(d, " owner %u", owner);
    if ((mask & GROUP) != 0)
        say(d, " group %u", group);
    if ((mask & MODE) != 0)
        say(d, " mode %o", mode & 07777);
    if ((mask & SEGMENT_SIZE) != 0)
        say(d, " segsize %u", segment_size);
    if ((mask & FSYNC) != 0)
        say_z(d, " fsync");
}

/* For each callback its version, and when it ends; as tcpdump, the kind is read but not shown. */
static void say_callbacks(struct dissect *d, struct fields *f)
{
    u32 n = take_word(d, f);

    if (n != 0)
        say_z(d, ";");
    for (u32 i = 0; repeat(d, i, n); i++) {
        say_z(d, " ver");
        say_signed(d, f);
        say_z(d, " expires");
        say_date(d, f);
        take_word(d, f);
    }
}

NAMES(volume_kinds, (0, " type read-write")(1, " type read-only")(2, " type backup"));

static void say_volume_kind(struct dissect *d, struct fields *f)
{
    say_z(d, name_of(d, &volume_kinds.names, take_word(d, f), ""));
}

static void say_address(struct dissect *d, struct fields *f)
{
    if (!want_fields(d, f, WORD))
        return;
    say_z(d, " ");
    say_ip4_at(d, f->v, f->at);
    f->at += WORD;
}

static void skip(struct dissect *d, struct fields *f, u32 words)
{
    if (!f->cut && want_fields(d, f, words * WORD))
        f->at += words * WORD;
}

/* The first `n` of `room` elements, which have `words` words each. */
static void say_first(struct dissect *d, struct fields *f, u32 n, u32 room, u32 words,
                      conversion *say_one)
{
    u32 i = 0;

    for (; i < room && repeat(d, i, n) && !f->cut; i++)
        say_one(d, f);
    skip(d, f, (room - i) * words);
}

/* The number of servers. */
static u32 say_server_count(struct dissect *d, struct fields *f)
{
    say_z(d, " numservers");
    u32 n = take_word(d, f);
    say(d, " %u", n);
    say_z(d, " servers");
    return n;
}

/* The partitions of the first `n` servers, flags, and the volumes. */
static void say_partitions(struct dissect *d, struct fields *f, u32 n, u32 room)
{
    enum { LETTERS = 26 };

    if (f->cut)
        return;
    say_z(d, " partitions");
    for (u32 i = 0; i < room; i++) {
        u32 partition = take_word(d, f);
        if (i >= n)
            continue;
        if (partition <= LETTERS) /* as tcpdump: '{' is one of them */
            say(d, " %c", (int)('a' + partition));
        else
            say(d, " %u", partition);
    }
    skip(d, f, room); /* flags */
    if (f->cut)
        return;
    say_z(d, " rwvol");
    say_unsigned(d, f);
    say_z(d, " rovol");
    say_unsigned(d, f);
    say_z(d, " backup");
    say_unsigned(d, f);
}

static void say_old_entry(struct dissect *d, struct fields *f)
{
    enum { SERVERS = 8 };

    say_name(d, f);
    skip(d, f, 1); /* type */
    if (f->cut)
        return;
    u32 n = say_server_count(d, f);
    say_first(d, f, n, SERVERS, 1, say_address);
    say_partitions(d, f, n, SERVERS);
}

enum { ENTRY_SERVERS = 13 };

static void say_entry(struct dissect *d, struct fields *f)
{
    say_name(d, f);
    if (f->cut)
        return;
    u32 n = say_server_count(d, f);
    say_first(d, f, n, ENTRY_SERVERS, 1, say_address);
    say_partitions(d, f, n, ENTRY_SERVERS);
}

static void say_server_uuid(struct dissect *d, struct fields *f)
{
    say_z(d, " afsuuid");
    say_uuid(d, f);
}

static void say_uuid_entry(struct dissect *d, struct fields *f)
{
    say_name(d, f);
    if (f->cut)
        return;
    u32 n = say_server_count(d, f);
    say_first(d, f, n, ENTRY_SERVERS, UUID_WORDS, say_server_uuid);
    skip(d, f, ENTRY_SERVERS); /* which of the server's UUIDs it is */
    say_partitions(d, f, n, ENTRY_SERVERS);
}

/* One of a list of volumes; as tcpdump, a word too few is shown. */
static void say_volume(struct dissect *d, struct fields *f)
{
    enum { MORE_WORDS = 21 };

    say_z(d, " name");
    say_name(d, f);
    if (f->cut)
        return;
    say_z(d, " volid");
    say_unsigned(d, f);
    say_z(d, " type");
    f->at += MORE_WORDS * WORD;
}

static void say_volumes(struct dissect *d, struct fields *f)
{
    say_list(d, f, say_volume);
}

static bool is_blank(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The text of an access control list, read as scanf() reads. */
static struct view skip_blanks(struct view text)
{
    while (is_blank(view_byte(text, 0)))
        text = view_from(text, 1);
    return text;
}

static bool scan_number(struct view *text, int *value)
{
    struct view t = skip_blanks(*text);
    int sign = view_byte(t, 0);
    u64 n = 0;

    if (sign == '-' || sign == '+')
        t = view_from(t, 1);
    if (view_byte(t, 0) < '0' || view_byte(t, 0) > '9')
        return false;
    for (int c; (c = view_byte(t, 0)) >= '0' && c <= '9'; t = view_from(t, 1))
        n = n > INT64_MAX / 10 - 1 ? INT64_MAX : n * 10 + (u64)(c - '0');
    *value = (int)(u32)(sign == '-' ? 0 - n : n);
    *text = t;
    return true;
}

/* A name and its rights, a number; false when they are not there. */
static bool say_right(struct dissect *d, struct view *text, char sign)
{
    static const struct {
        u8 bit;
        char letter;
    } rights[] = { { 1, 'r' }, { 8, 'l' },  { 4, 'i' }, { 16, 'd' },
                   { 2, 'w' }, { 32, 'k' }, { 64, 'a' } };
    struct view name = skip_blanks(*text), rest = name;
    int value;

    while (rest.cap > 0 && !is_blank(view_byte(rest, 0)))
        rest = view_from(rest, 1);
    name = view_clip(name, name.cap - rest.cap);
    if (name.cap == 0 || !scan_number(&rest, &value))
        return false;
    say(d, " %c{", sign);
    say_visible(d, name);
    say_z(d, " ");
    for (size_t i = 0; i < countof(rights); i++)
        if (((u32)value & rights[i].bit) != 0)
            out_byte(d->out, rights[i].letter);
    say_z(d, "}");
    *text = rest;
    return true;
}

/* An access control list: text, which begins with the numbers of its positive and its negative
 * rights. */
static void say_rights(struct dissect *d, struct fields *f)
{
    enum { ACL_MAX = 1024 };
    u32 n = take_word(d, f);
    int positive, negative;

    if (d->sealed || !want_fields(d, f, n))
        return;
    struct view text = view_sub(f->v, f->at, n < ACL_MAX ? n : ACL_MAX);
    f->at += padded(n);
    if (!scan_number(&text, &positive) || !scan_number(&text, &negative))
        return;
    for (int i = 0; i < positive; i++)
        if (!say_right(d, &text, '+'))
            return;
    for (int i = 0; i < negative; i++)
        if (!say_right(d, &text, '-'))
            return;
}

static void convert(struct dissect *d, struct fields *f, char kind)
{
    switch (kind) {
    case 'u': say_unsigned(d, f); return;
    case 'd': say_signed(d, f); return;
    case 'q': say_wide(d, f); return;
    case 'p': say_pair(d, f); return;
    case 'y': say_sync_site(d, f); return;
    case 't': say_date(d, f); return;
    case 's': say_string(d, f); return;
    case 'x': skip_string(d, f); return;
    case '_': take_word(d, f); return;
    case 'n': say_name(d, f); return;
    case 'N': say_names(d, f); return;
    case 'i': say_numbers(d, f); return;
    case 'U': say_uuid(d, f); return;
    case 'f': say_file(d, f); return;
    case 'F': say_files(d, f); return;
    case 'A': say_rights(d, f); return;
    case 'S': say_store_status(d, f); return;
    case 'C': say_callbacks(d, f); return;
    case 'T': say_volume_kind(d, f); return;
    case 'e': say_old_entry(d, f); return;
    case 'E': say_entry(d, f); return;
    case 'G': say_uuid_entry(d, f); return;
    case 'L': say_volumes(d, f); return;
    case 'v': say_server(d, f); return;
    case 'V': say_servers(d, f); return;
    default: return;
    }
}

void rx_say_fields(struct dissect *d, struct view v, const struct rx_service *service, bool ubik,
                   const char *text)
{
    struct fields f = { .v = v, .service = service, .ubik = ubik };

    for (; *text != '\0' && !f.cut && !d->sealed; text++)
        if (*text == '%')
            convert(d, &f, *++text);
        else
            out_byte(d->out, *text);
}
