/*
 * The command line.  Options are rows of one table: most of them set a flag, count, or keep a text;
 * the others have a function that judges their value.
 */
#include "cli/options.h"

#include <string.h>

#include "base/mem.h"
#include "base/text_pool.h"
#include "capture/iface.h"
#include "cli/arguments.h"
#include "cli/number.h"
#include "cli/write_ng.h"

/* A function that takes a value; false, with a message on the console, when it is wrong. */
typedef bool setter(struct options *o, const char *value, const struct console *c);

static bool wrong(const struct console *c, const char *what, const char *value)
{
    console_error(c, "invalid %s %s", what, value);
    return false;
}

static bool set_limit(struct options *o, const char *value, const struct console *c)
{
    i64 n = number_prefix(value);
    if (n <= 0)
        return wrong(c, "packet count", value);
    o->limit = (u64)n;
    return true;
}

static bool set_skip(struct options *o, const char *value, const struct console *c)
{
    return str_to_u64(str_of(value), INT_MAX, &o->skip) || wrong(c, "packet skip count", value);
}

static bool set_sampling(struct options *o, const char *value, const struct console *c)
{
    u64 n;

    if (!str_to_u64(str_of(value), INT_MAX, &n) || n == 0)
        return wrong(c, "print sampling", value);
    o->print.sampling = (u32)n;
    o->print.absolute_seq = true; /* relative numbers need every packet */
    o->print_also = true;
    return true;
}

static bool set_buffer(struct options *o, const char *value, const struct console *c)
{
    i64 kib = number_prefix(value);
    if (kib <= 0 || kib > INT_MAX / 1024) /* as tcpdump, which computes bytes in an int */
        return wrong(c, "packet buffer size", value);
    o->live.buffer_bytes = (u64)kib * 1024;
    return true;
}

static bool set_rotate_bytes(struct options *o, const char *value, const struct console *c)
{
    return number_size(value, 1000000, &o->rotate_bytes) || wrong(c, "file size", value);
}

static bool set_rotate_seconds(struct options *o, const char *value, const struct console *c)
{
    i64 n = number_prefix(value);
    if (n < 0)
        return wrong(c, "number of seconds", value);
    o->rotate_seconds = (u64)n;
    return true;
}

static bool set_file_count(struct options *o, const char *value, const struct console *c)
{
    i64 n = number_prefix(value);
    if (n <= 0 || n > INT_MAX)
        return wrong(c, "number of output files", value);
    o->file_count = (u32)n;
    return true;
}

static bool set_max_files(struct options *o, const char *value, const struct console *c)
{
    return (str_to_u64(str_of(value), UINT32_MAX, &o->max_files) && o->max_files > 0) ||
           wrong(c, "number of files to keep", value);
}

static bool set_max_total(struct options *o, const char *value, const struct console *c)
{
    return number_size(value, 1000000, &o->max_total) || wrong(c, "total size", value);
}

static bool set_stop_after(struct options *o, const char *value, const struct console *c)
{
    struct str unit;
    u64 n;

    if (!number_with_unit(value, &n, &unit) || n == 0)
        return wrong(c, "amount", value);
    if (str_equal(unit, str_of("p")))
        o->limit = n;
    else if (str_equal(unit, str_of("s")))
        o->stop_seconds = n;
    else if (str_equal(unit, str_of("min")) && n <= INT64_MAX / 60)
        o->stop_seconds = n * 60;
    else if (str_equal(unit, str_of("h")) && n <= INT64_MAX / 3600)
        o->stop_seconds = n * 3600;
    else if (unit.len == 0 || !number_size(value, 1, &o->stop_bytes))
        return wrong(c, "amount", value);
    return true;
}

static bool set_snaplen(struct options *o, const char *value, const struct console *c)
{
    u64 n;
    if (!number_any_base(value, SNAPLEN_MAX, &n)) {
        console_error(c, "invalid snaplen %s (must be >= 0 and <= %d)", value, (int)SNAPLEN_MAX);
        return false;
    }
    o->live.snaplen = n == 0 ? SNAPLEN_MAX : (u32)n;
    return true;
}

static bool set_direction(struct options *o, const char *value, const struct console *c)
{
    static const struct {
        struct str name;
        enum live_direction direction;
    } rows[] = { { STR("in"), LIVE_IN }, { STR("out"), LIVE_OUT }, { STR("inout"), LIVE_INOUT } };

    for (size_t i = 0; i < countof(rows); i++) {
        if (str_equal_nocase(str_of(value), rows[i].name)) {
            o->live.direction = rows[i].direction;
            return true;
        }
    }
    console_error(c, "unknown capture direction '%s'", value);
    return false;
}

static bool set_clock(struct options *o, const char *value, const struct console *c)
{
    const struct clock_info *row;

    for (u32 i = 0; (row = clock_row(i)) != NULL; i++) {
        if (str_equal_nocase(str_of(value), str_of(row->name))) {
            o->live.clock = row->clock;
            return true;
        }
    }
    return wrong(c, "time stamp type", value);
}

static bool set_linktype(struct options *o, const char *value, const struct console *c)
{
    const struct linktype_info *info = linktype_by_name(str_of(value));
    if (info == NULL)
        return wrong(c, "data link type", value);
    o->live.linktype = info->number;
    return true;
}

static bool set_forced(struct options *o, const char *value, const struct console *c)
{
    static const struct {
        struct str name;
        enum forced_type type;
    } rows[] = {
        { STR("aodv"), FORCE_AODV },
        { STR("carp"), FORCE_CARP },
        { STR("cnfp"), FORCE_CNFP },
        { STR("domain"), FORCE_DOMAIN },
        { STR("lmp"), FORCE_LMP },
        { STR("pgm"), FORCE_PGM },
        { STR("pgm_zmtp1"), FORCE_PGM_ZMTP1 },
        { STR("ptp"), FORCE_PTP },
        { STR("radius"), FORCE_RADIUS },
        { STR("resp"), FORCE_RESP },
        { STR("rpc"), FORCE_RPC },
        { STR("rtcp"), FORCE_RTCP },
        { STR("rtp"), FORCE_RTP },
        { STR("snmp"), FORCE_SNMP },
        { STR("someip"), FORCE_SOMEIP },
        { STR("tftp"), FORCE_TFTP },
        { STR("vat"), FORCE_VAT },
        { STR("vxlan"), FORCE_VXLAN },
        { STR("wb"), FORCE_WB },
        { STR("zmtp1"), FORCE_ZMTP1 },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        if (str_equal_nocase(str_of(value), rows[i].name)) {
            o->print.forced = rows[i].type;
            return true;
        }
    }
    console_error(c, "unknown packet type '%s'", value);
    return false;
}

static bool set_precision(struct options *o, const char *value, const struct console *c)
{
    struct str text = str_of(value);

    if (str_starts(text, str_of("micro"))) {
        o->precision = PRECISION_MICRO;
    } else if (str_starts(text, str_of("nano"))) {
        o->precision = PRECISION_NANO;
    } else {
        console_error(c, "unsupported time stamp precision");
        return false;
    }
    return true;
}

static bool set_micro(struct options *o, const char *value, const struct console *c)
{
    (void)value, (void)c;
    o->precision = PRECISION_MICRO;
    return true;
}

static bool set_nano(struct options *o, const char *value, const struct console *c)
{
    (void)value, (void)c;
    o->precision = PRECISION_NANO;
    return true;
}

static bool set_colour(struct options *o, const char *value, const struct console *c)
{
    static const char *const words[] = {
        [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never"
    };

    for (size_t i = 0; i < countof(words); i++) {
        if (value == NULL || strcmp(value, words[i]) == 0) {
            o->colour = value == NULL ? COLOUR_ALWAYS : (enum colour_when)i;
            return true;
        }
    }
    return wrong(c, "use of colours", value);
}

static bool set_explain(struct options *o, const char *value, const struct console *c)
{
    static const struct {
        const char *word;
        enum explain_form form;
    } forms[] = { { "text", EXPLAIN_TEXT }, { "json", EXPLAIN_JSON }, { "dot", EXPLAIN_DOT } };

    o->explain = true;
    for (size_t i = 0; i < countof(forms); i++) {
        if (value == NULL || strcmp(value, forms[i].word) == 0) {
            o->explain_form = forms[i].form;
            return true;
        }
    }
    return wrong(c, "form of explanation", value);
}

static bool set_dialect(struct options *o, const char *value, const struct console *c)
{
    o->plain_dialect = strcmp(value, "plain") == 0;
    return o->plain_dialect || strcmp(value, "pcap") == 0 || wrong(c, "filter dialect", value);
}

static bool set_md5_secret(struct options *o, const char *value, const struct console *c)
{
    (void)c;
    o->print.md5_secret = str_of(value);
    return true;
}

static bool set_no_promiscuous(struct options *o, const char *value, const struct console *c)
{
    (void)value, (void)c;
    o->live.promiscuous = false;
    return true;
}

static bool set_write_file(struct options *o, const char *value, const struct console *c)
{
    if (value[0] == '\0') {
        console_error(c, "an empty string is not a valid file name");
        return false;
    }
    o->write_file = value;
    return true;
}

static bool add_device(struct options *o, const char *value, const struct console *c)
{
    (void)c;
    o->place_room[o->place_count++] = (struct live_place){ .device = value };
    return true;
}

static bool add_netns(struct options *o, const char *value, const struct console *c)
{
    (void)c;
    o->place_room[o->place_count++] = (struct live_place){ .netns = value };
    return true;
}

static bool set_netmask(struct options *o, const char *value, const struct console *c)
{
    if (!number_ip4(value, &o->netmask))
        return wrong(c, "netmask", value);
    o->netmask_known = true;
    return true;
}

/* FILE or FILE:N */
static bool set_trace(struct options *o, const char *value, const struct console *c)
{
    char *colon = strrchr(value, ':');
    u64 number = 1;

    (void)c;
    if (colon != NULL && str_to_u64(str_of(colon + 1), UINT32_MAX, &number) && number > 0)
        *colon = '\0';
    o->trace_packet = number > 0 ? (u32)number : 1;
    o->read_file = value;
    return true;
}

static bool ignore_module(struct options *o, const char *value, const struct console *c)
{
    (void)o;
    console_error(c, "ignoring option '-m %s' (no libsmi support)", value);
    return true;
}

static bool ignore(struct options *o, const char *value, const struct console *c)
{
    (void)o, (void)value, (void)c;
    return true;
}

static bool refuse_debug(struct options *o, const char *value, const struct console *c)
{
    (void)o, (void)value;
    console_error(c, "-Y is not supported: there is no debug output of the filter's parser");
    return false;
}

/* How a row acts on the options; a heading does not. */
enum action { ACT_HEADING, ACT_SET, ACT_COUNT, ACT_KEEP, ACT_CALL, ACT_HELP, ACT_VERSION };

/* The texts of the rows (base/text_pool.h). */
static const struct texts {
    char none[1];
#define GROUP(title) char TEXT_LINE(help)[sizeof(title)];
#define OPTION(letter, name_, value_, act, help_) \
    char TEXT_LINE(name)[sizeof(name_)];          \
    char TEXT_LINE(value)[sizeof(value_)];        \
    char TEXT_LINE(help)[sizeof(help_)];
#include "cli/options.def"
#undef GROUP
#undef OPTION
} texts = {
#define GROUP(title)                           title,
#define OPTION(letter, name, value, act, help) name, value, help,
    "",
#include "cli/options.def"
#undef GROUP
#undef OPTION
};

struct row {
    char letter;
    u16 name, value, help; /* in struct texts; the value's name is in [=] when it is optional */
    u8 action;             /* enum action */
    u16 at;                /* in struct options: of a bool, a u32, a const char * */
    setter *call;
};

static const struct row rows[] = {
#define SET(field)                                ACT_SET, offsetof(struct options, field), NULL
#define COUNT(field)                              ACT_COUNT, offsetof(struct options, field), NULL
#define KEEP(field)                               ACT_KEEP, offsetof(struct options, field), NULL
#define CALL(function)                            ACT_CALL, 0, function
#define DO_HELP                                   ACT_HELP, 0, NULL
#define DO_VERSION                                ACT_VERSION, 0, NULL
#define AT(kind)                                  offsetof(struct texts, TEXT_LINE(kind))
#define NOTHING                                   offsetof(struct texts, none)
#define GROUP(title)                              { '\0', NOTHING, NOTHING, AT(help), ACT_HEADING, 0, NULL },
#define OPTION(letter, name_, value_, act, help_) { letter, AT(name), AT(value), AT(help), act },
#include "cli/options.def"
#undef GROUP
#undef OPTION
};

/* A text of a row; NULL when it is empty. */
static const char *text_at(u16 at)
{
    const char *text = (const char *)&texts + at;
    return text[0] != '\0' ? text : NULL;
}

bool option_help(size_t i, struct option_help *help)
{
    if (i >= countof(rows))
        return false;
    *help = (struct option_help){ rows[i].letter, text_at(rows[i].name), text_at(rows[i].value),
                                  text_at(rows[i].help) };
    return true;
}

/* Does what a row says.  False when the value is wrong. */
static bool apply(struct options *o, const struct row *row, const char *value,
                  const struct console *c)
{
    char *field = (char *)o + row->at;

    switch (row->action) {
    case ACT_SET: *(bool *)(void *)field = true; return true;
    case ACT_COUNT: ++*(u32 *)(void *)field; return true;
    case ACT_KEEP: memcpy(field, &value, sizeof value); return true;
    case ACT_CALL: return row->call(o, value, c);
    case ACT_HEADING:
    case ACT_HELP:
    case ACT_VERSION: break;
    }
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && str_equal(str_of(a), str_of(b)));
}

/* Adds a place behind the first `count`, unless it is among them; returns how many there are then.
 */
static u32 add_place(struct live_place *places, u32 count, struct live_place place)
{
    for (u32 i = 0; i < count; i++)
        if (same_text(places[i].device, place.device) && same_text(places[i].netns, place.netns))
            return count;
    places[count] = place;
    return count + 1;
}

/*
 * Turns the sequence of -i and --netns into interfaces, in place: an -i belongs to the --netns
 * before it.  A --netns that no -i follows takes the last -i before the first --netns; those -i are
 * then not meant for this namespace.
 */
static void settle_places(struct options *o)
{
    struct live_place *places = o->place_room;
    u32 n = o->place_count, count = 0, first = 0;
    bool lent = false;

    while (first < n && places[first].netns == NULL)
        first++;
    const char *lent_device = first > 0 ? places[first - 1].device : NULL;
    for (u32 i = first; i < n; i++)
        lent = lent || (places[i].netns != NULL && (i + 1 == n || places[i + 1].netns != NULL));
    const char *netns = NULL;
    for (u32 i = lent ? first : 0; i < n; i++) {
        struct live_place place = places[i];
        if (place.netns == NULL)
            place.netns = netns;
        else
            netns = place.netns;
        bool is_netns = place.device == NULL;
        if (is_netns && i + 1 < n && places[i + 1].netns == NULL)
            continue; /* it has interfaces of its own */
        if (is_netns)
            place.device = lent_device;
        count = add_place(places, count, place);
    }
    o->places = places;
    o->place_count = count > 0 ? count : add_place(places, 0, (struct live_place){ NULL, NULL });
    o->live.device = places[0].device;
    o->live.netns = places[0].netns;
}

/* What repeated letters add up to. */
static void settle_counts(struct options *o)
{
    o->listing = (enum listing)(o->times_d < LISTING_DECIMAL ? o->times_d : LISTING_DECIMAL);
    if (o->explain)
        o->listing = LISTING_TEXT;
    o->print.verbosity = (u8)(o->times_v < 4 ? o->times_v : 4);
    o->print.quick = o->times_q > 0;
    o->print.very_quick = o->times_q > 1;
    if (o->times_t <= TIME_SINCE_FIRST)
        o->print.time = (enum time_style)o->times_t;
    if (o->times_X > 0)
        o->print.dump = o->times_X > 1 ? DUMP_HEX_ASCII_LINK : DUMP_HEX_ASCII;
    else if (o->times_x > 0)
        o->print.dump = o->times_x > 1 ? DUMP_HEX_LINK : DUMP_HEX;
    else if (o->times_A > 0)
        o->print.dump = o->times_A > 1 ? DUMP_ASCII_LINK : DUMP_ASCII;
    o->print.no_payload_dump = o->print.quick || o->times_x > 0 || o->times_X > 0;
    o->print.nanoseconds = o->precision == PRECISION_NANO;
}

bool options_pcapng(const struct options *o)
{
    static const struct str suffix = STR(".pcapng");
    struct str name = str_of(o->write_file != NULL ? o->write_file : "");

    return o->pcapng ||
           (name.len > suffix.len && str_equal(str_from(name, name.len - suffix.len), suffix));
}

static bool is_stdout(const char *file)
{
    return file != NULL && str_equal(str_of(file), str_of("-"));
}

/* Combinations that make no sense, in the order in which tcpdump finds them. */
static const char *find_conflict(const struct options *o)
{
    if (o->times_t > TIME_SINCE_FIRST)
        return "only -t, -tt, -ttt, -tttt and -ttttt are supported";
    if (o->foreign_numeric && (o->read_file != NULL || o->read_list != NULL))
        return "-f cannot be used with -V or -r.";
    if (o->read_file != NULL && o->read_list != NULL)
        return "-V and -r are mutually exclusive.";
    if (o->times_A > 0 && o->times_x > 0)
        return "-A and -x[x] are mutually exclusive.";
    if (o->times_A > 0 && o->times_X > 0)
        return "-A and -X[X] are mutually exclusive.";
    if (o->times_x > 0 && o->times_X > 0)
        return "-x[x] and -X[X] are mutually exclusive.";
    if (o->rotate_bytes > 0 && o->write_file == NULL)
        return "-C cannot be used without -w.";
    if (o->rotate_seconds > 0 && o->write_file == NULL)
        return "-G cannot be used without -w.";
    if (o->post_command != NULL &&
        (o->write_file == NULL || !(o->rotate_bytes > 0 || o->rotate_seconds > 0)))
        return "-z cannot be used without -w and (-C or -G).";
    if (is_stdout(o->write_file) && (o->rotate_bytes > 0 || o->rotate_seconds > 0))
        return "-C and -G cannot be used with -w -.";
    if ((o->max_files > 0 || o->max_total > 0) && o->write_file == NULL)
        return "--max-files and --max-total cannot be used without -w.";
    if ((o->max_files > 0 || o->max_total > 0) && is_stdout(o->write_file))
        return "--max-files and --max-total cannot be used with -w -.";
    if ((o->max_files > 0 || o->max_total > 0) && o->file_count > 0)
        return "--max-files and --max-total cannot be used with -W.";
    if (o->max_files > 0 && o->max_total == 0 && o->rotate_bytes == 0 && o->rotate_seconds == 0)
        return "--max-files cannot be used without -C, -G or --max-total.";
    if (o->stop_bytes > 0 && o->write_file == NULL)
        return "--stop-after with a size cannot be used without -w.";
    if (o->filter_live && o->listing == LISTING_NONE)
        return "--live cannot be used without -d.";
    if (o->pcapng && o->write_file == NULL)
        return "-P cannot be used without -w.";
    if (options_pcapng(o) && !ng_output_exists())
        return "this small build writes no pcapng files.";
    if (o->comment != NULL && (o->write_file == NULL || !options_pcapng(o)))
        return "--comment needs a pcapng file: -P, or a name that ends in .pcapng.";
    return NULL;
}

/* Walks the words; OPTIONS_OK at their end. */
static enum options_result walk(struct options *o, struct arguments *a, const char **room,
                                const struct console *console)
{
    char buffer[CONSOLE_PIECE];
    struct out message = console_out(console, buffer);

    o->words = room;
    for (;;) {
        out_format(&message, "%s: ", console->program);
        struct argument argument = arguments_next(a, &message);
        switch (argument.kind) {
        case ARGUMENT_END: return OPTIONS_OK;
        case ARGUMENT_WORD: room[o->word_count++] = argument.value; break;
        case ARGUMENT_BAD:
            out_char(&message, '\n');
            out_flush(&message);
            return OPTIONS_UNKNOWN;
        case ARGUMENT_OPTION: {
            const struct row *row = &rows[argument.id];
            if (row->action == ACT_HELP)
                return OPTIONS_HELP;
            if (row->action == ACT_VERSION)
                return OPTIONS_VERSION;
            if (!apply(o, row, argument.value, console))
                return OPTIONS_WRONG;
            break;
        }
        }
        message = console_out(console, buffer);
    }
}

enum options_result options_parse(struct options *o, char *const *words, struct options_room room,
                                  bool posix, const struct console *console)
{
    struct argument_name names[countof(rows)];

    for (size_t i = 0; i < countof(rows); i++) {
        const char *value = text_at(rows[i].value);
        names[i] = (struct argument_name){
            .id = (int)i,
            .letter = rows[i].letter,
            .name = text_at(rows[i].name),
            .value = value == NULL     ? VALUE_NONE
                     : value[0] == '[' ? VALUE_OPTIONAL
                                       : VALUE_REQUIRED,
        };
    }
    *o = (struct options){ .live = live_options_for(NULL), .place_room = room.places };
    struct arguments a = arguments_over(words, names, countof(names), posix);
    enum options_result result = walk(o, &a, room.words, console);
    if (result != OPTIONS_OK)
        return result;
    settle_counts(o);
    settle_places(o);
    if ((o->list_interfaces || o->list_clocks) && o->live.netns != NULL) {
        console_error(console, "--netns cannot be used with -D or -J.");
        return OPTIONS_WRONG;
    }
    const char *conflict = find_conflict(o);
    if (conflict != NULL && !o->list_interfaces) { /* as tcpdump: -D goes before */
        console_error(console, "%s", conflict);
        return OPTIONS_WRONG;
    }
    return OPTIONS_OK;
}
