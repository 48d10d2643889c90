/* The table of options: what each sets, what is refused.  Messages are compared with tcpdump in
 * diff.cli. */
#include "unit.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/linktype.h"
#include "cli/options.h"
#include "cli/usage.h"

static char messages[1024];

/* Parses words that one text holds between blanks; messages are in `messages` afterwards. */
static enum options_result parse(struct options *o, const char *line)
{
    static char text[1024];
    static char *words[64];
    static const char *word_room[64];
    static struct live_place place_room[64];
    const struct options_room room = { word_room, place_room };
    size_t n = 0;
    int fd = memfd_create("messages", MFD_CLOEXEC);
    const struct console console = { "prog", fd };

    assert_true(fd >= 0 && strlen(line) < sizeof text);
    strcpy(text, line);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        words[n++] = word;
    words[n] = NULL;
    enum options_result result = options_parse(o, words, room, false, &console);
    ssize_t got = pread(fd, messages, sizeof messages - 1, 0);
    assert_true(got >= 0);
    messages[got] = '\0';
    close(fd);
    return result;
}

static void nothing_asked_for(void **state)
{
    struct options o;

    assert_int_equal(parse(&o, ""), OPTIONS_OK);
    assert_null(o.live.device);
    assert_null(o.read_file);
    assert_int_equal(o.live.snaplen, SNAPLEN_MAX);
    assert_true(o.live.promiscuous);
    assert_int_equal(o.live.linktype, LIVE_LINKTYPE_NATURAL);
    assert_int_equal(o.word_count, 0);
    assert_int_equal(o.print.verbosity, 0);
    assert_int_equal(o.print.dump, DUMP_NONE);
    assert_string_equal(messages, "");
}

static void values(void **state)
{
    struct options o;

    assert_int_equal(
        parse(
            &o,
            "-c 5x -s 0x60 -B 4 -C 2k -G 7 -W 3 -w out -z gzip -y RAW -Q OUT -j Adapter -T VXLAN"),
        OPTIONS_OK);
    assert_int_equal(o.limit, 5);
    assert_int_equal(o.live.snaplen, 0x60);
    assert_int_equal(o.live.buffer_bytes, 4096);
    assert_int_equal(o.rotate_bytes, 2048);
    assert_int_equal(o.rotate_seconds, 7);
    assert_int_equal(o.file_count, 3);
    assert_string_equal(o.write_file, "out");
    assert_string_equal(o.post_command, "gzip");
    assert_int_equal(o.live.linktype, LINKTYPE_RAW);
    assert_int_equal(o.live.direction, LIVE_OUT);
    assert_int_equal(o.live.clock, CLOCK_ADAPTER);
    assert_int_equal(o.print.forced, FORCE_VXLAN);
    assert_int_equal(parse(&o, "-s 0"), OPTIONS_OK);
    assert_int_equal(o.live.snaplen, SNAPLEN_MAX);
}

static void the_last_value_counts(void **state)
{
    struct options o;

    assert_int_equal(parse(&o, "-c 1 -c 2"), OPTIONS_OK);
    assert_int_equal(o.limit, 2);
}

static void interfaces_and_namespaces(void **state)
{
    static const struct {
        const char *line, *places;
    } rows[] = {
        { "", "*" },
        { "-i eth0", "eth0" },
        { "-i eth0 -i lo -i eth0", "eth0 lo" },
        { "--netns a", "*@a" },
        { "-i eth0 --netns a", "eth0@a" },
        { "-i eth0 --netns a --netns b", "eth0@a eth0@b" },
        { "--netns a -i eth0", "eth0@a" },
        { "--netns a -i eth0 -i lo --netns b -i any", "eth0@a lo@a any@b" },
        { "-i eth0 --netns a -i eth0", "eth0 eth0@a" },
        { "-i x -i y --netns a -i z --netns b", "z@a y@b" },
        { "--netns a --netns a", "*@a" },
    };
    struct options o;

    for (size_t i = 0; i < countof(rows); i++) {
        char text[128];
        struct out out = out_fixed(text, sizeof text);
        assert_int_equal(parse(&o, rows[i].line), OPTIONS_OK);
        for (u32 j = 0; j < o.place_count; j++) {
            const struct live_place *p = &o.places[j];
            out_format(&out, "%s%s", j > 0 ? " " : "", p->device != NULL ? p->device : "*");
            if (p->netns != NULL)
                out_format(&out, "@%s", p->netns);
        }
        assert_text(&out, rows[i].places);
        assert_ptr_equal(o.live.device, o.places[0].device);
    }
}

static void letters_that_count(void **state)
{
    static const struct {
        const char *line;
        enum dump dump;
        enum time_style time;
        int verbosity;
        enum listing listing;
    } rows[] = {
        { "-x -t -v -d", DUMP_HEX, TIME_NONE, 1, LISTING_TEXT },
        { "-xx -tt -vv -dd", DUMP_HEX_LINK, TIME_SECONDS, 2, LISTING_C },
        { "-X -ttt -vvv -ddd", DUMP_HEX_ASCII, TIME_DELTA, 3, LISTING_DECIMAL },
        { "-XX -tttt -vvvvvv -dddd", DUMP_HEX_ASCII_LINK, TIME_DATE, 4, LISTING_DECIMAL },
        { "-A -ttttt", DUMP_ASCII, TIME_SINCE_FIRST, 0, LISTING_NONE },
        { "-A -n -A", DUMP_ASCII_LINK, TIME_OF_DAY, 0, LISTING_NONE },
    };
    struct options o;

    for (size_t i = 0; i < countof(rows); i++) {
        assert_int_equal(parse(&o, rows[i].line), OPTIONS_OK);
        assert_int_equal(o.print.dump, rows[i].dump);
        assert_int_equal(o.print.time, rows[i].time);
        assert_int_equal(o.print.verbosity, rows[i].verbosity);
        assert_int_equal(o.listing, rows[i].listing);
    }
}

static void words_and_options_in_any_order(void **state)
{
    struct options o;

    assert_int_equal(parse(&o, "udp -n port -i lo 53 -- -c"), OPTIONS_OK);
    assert_true(o.print.numeric);
    assert_string_equal(o.live.device, "lo");
    assert_int_equal(o.word_count, 4);
    assert_string_equal(o.words[0], "udp");
    assert_string_equal(o.words[2], "53");
    assert_string_equal(o.words[3], "-c");
}

static void what_is_refused(void **state)
{
    static const struct {
        const char *line;
        enum options_result result;
        const char *message;
    } rows[] = {
        { "-c 0", OPTIONS_WRONG, "prog: invalid packet count 0\n" },
        { "-c 0 -s x", OPTIONS_WRONG, "prog: invalid packet count 0\n" },
        { "-C 1g -W 2", OPTIONS_WRONG, "prog: -C cannot be used without -w.\n" },
        { "-G 1 -w -", OPTIONS_WRONG, "prog: -C and -G cannot be used with -w -.\n" },
        { "-z true -w x", OPTIONS_WRONG, "prog: -z cannot be used without -w and (-C or -G).\n" },
        { "-T nosuch", OPTIONS_WRONG, "prog: unknown packet type 'nosuch'\n" },
        { "--netmask 1.2.3", OPTIONS_WRONG, "prog: invalid netmask 1.2.3\n" },
        { "-tttttt", OPTIONS_WRONG, "prog: only -t, -tt, -ttt, -tttt and -ttttt are supported\n" },
        { "-o", OPTIONS_UNKNOWN, "prog: invalid option -- 'o'\n" },
        { "--nosuch", OPTIONS_UNKNOWN, "prog: unrecognized option '--nosuch'\n" },
        { "-m x", OPTIONS_OK, "prog: ignoring option '-m x' (no libsmi support)\n" },
    };
    struct options o;

    for (size_t i = 0; i < countof(rows); i++) {
        assert_int_equal(parse(&o, rows[i].line), rows[i].result);
        assert_string_equal(messages, rows[i].message);
    }
}

static void a_message_of_any_length(void **state)
{
    char line[900];
    struct options o;

    memset(line, 'x', sizeof line);
    memcpy(line, "-T ", 3);
    line[sizeof line - 1] = '\0';
    assert_int_equal(parse(&o, line), OPTIONS_WRONG);
    assert_int_equal(strlen(messages), strlen("prog: unknown packet type ''\n") + strlen(line + 3));
}

static void help_names_every_option(void **state)
{
    static char text[16384];
    struct out o = out_fixed(text, sizeof text - 1);
    struct option_help help;

    usage_long(&o, "prog");
    assert_false(out_cut(&o));
    *o.pos = '\0';
    for (size_t i = 0; option_help(i, &help); i++) {
        if (help.letter == '\0' && help.name == NULL)
            assert_non_null(help.text); /* a heading */
        if (help.text != NULL)
            assert_non_null(strstr(text, help.text));
        for (size_t j = 0; j < i; j++) {
            struct option_help other;
            option_help(j, &other);
            assert_false(help.letter != '\0' && help.letter == other.letter);
            assert_false(help.name != NULL && other.name != NULL &&
                         strcmp(help.name, other.name) == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_for),
        cmocka_unit_test(values),
        cmocka_unit_test(the_last_value_counts),
        cmocka_unit_test(interfaces_and_namespaces),
        cmocka_unit_test(letters_that_count),
        cmocka_unit_test(words_and_options_in_any_order),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(a_message_of_any_length),
        cmocka_unit_test(help_names_every_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
