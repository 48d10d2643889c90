/*
 * The command line walker.  Where the C library is glibc, random command lines are also given to
 * getopt_long(), which must find the same options, values, words and faults.
 */
#include "unit.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/format.h"
#include "cli/arguments.h"

enum { VERBOSE = 1, FILE_NAME, COUNT, COLOUR, TIME_TYPE, TIME_UNIT };

static const struct argument_name names[] = {
    { VERBOSE, 'v', "verbose", VALUE_NONE },
    { FILE_NAME, 'f', "file", VALUE_REQUIRED },
    { COUNT, 'c', NULL, VALUE_REQUIRED },
    { COLOUR, '\0', "color", VALUE_OPTIONAL },
    { TIME_TYPE, '\0', "time-type", VALUE_REQUIRED },
    { TIME_UNIT, '\0', "time-unit", VALUE_NONE },
    { VERBOSE, '\0', "chatty", VALUE_NONE },
};

/* All arguments as one text: "option=value", "word", "!" for a fault; ends with ".". */
static const char *walk(char *const *words, bool posix)
{
    static char text[1024];
    char message_text[256];
    struct out o = out_fixed(text, sizeof text - 1);
    struct arguments a = arguments_over(words, names, countof(names), posix);

    for (;;) {
        struct out message = out_fixed(message_text, sizeof message_text);
        struct argument argument = arguments_next(&a, &message);
        assert_int_equal(argument.kind == ARGUMENT_BAD, out_text(&message).len > 0);
        switch (argument.kind) {
        case ARGUMENT_END: *o.pos = '\0'; return text;
        case ARGUMENT_BAD: out_text_z(&o, "! "); break;
        case ARGUMENT_WORD: out_format(&o, "<%s> ", argument.value); break;
        case ARGUMENT_OPTION:
            out_dec(&o, (u32)argument.id);
            if (argument.value != NULL)
                out_format(&o, "=%s", argument.value);
            out_char(&o, ' ');
            break;
        }
    }
}

static void options_and_words(void **state)
{
    static const struct {
        const char *words[8];
        const char *expected, *posix;
    } rows[] = {
        { { NULL }, "", "" },
        { { "-v", "a", "-fx", "b", NULL }, "1 <a> 2=x <b> ", "1 <a> <-fx> <b> " },
        { { "-vvf", "x", "-c5", NULL }, "1 1 2=x 3=5 ", "1 1 2=x 3=5 " },
        { { "-", "-v", NULL }, "<-> 1 ", "<-> <-v> " },
        { { "-v", "--", "-v", "--file", NULL }, "1 <-v> <--file> ", "1 <-v> <--file> " },
        { { "--file", "x", "--file=y", "--file=", NULL }, "2=x 2=y 2= ", "2=x 2=y 2= " },
        { { "--fi", "--", "--verb", NULL }, "2=-- 1 ", "2=-- 1 " },
        { { "-f", "-v", NULL }, "2=-v ", "2=-v " },
        { { "--color", "x", "--color=red", NULL }, "4 <x> 4=red ", "4 <x> <--color=red> " },
        { { "--time", "--time-", "--time-u", NULL }, "! ! 6 ", "! ! 6 " },
        { { "-x", "-vxv", NULL }, "! 1 ! 1 ", "! 1 ! 1 " },
        { { "--verbose=1", "--nosuch", "--nosuch=1", NULL }, "! ! ! ", "! ! ! " },
        { { "-f", NULL }, "! ", "! " },
        { { "--file", NULL }, "! ", "! " },
        { { "", "-v", NULL }, "<> 1 ", "<> <-v> " },
        { { "---v", NULL }, "! ", "! " },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char *words[8];
        memcpy(words, rows[i].words, sizeof words);
        assert_string_equal(walk(words, false), rows[i].expected);
        assert_string_equal(walk(words, true), rows[i].posix);
    }
}

static void messages(void **state)
{
    static const struct {
        const char *words[2];
        const char *message;
    } rows[] = {
        { { "-x" }, "invalid option -- 'x'" },
        { { "-f" }, "option requires an argument -- 'f'" },
        { { "--file" }, "option '--file' requires an argument" },
        { { "--fi" }, "option '--file' requires an argument" },
        { { "--verbose=x" }, "option '--verbose' doesn't allow an argument" },
        { { "--nosuch=x" }, "unrecognized option '--nosuch=x'" },
        { { "--time" },
          "option '--time' is ambiguous; possibilities: '--time-type' '--time-unit'" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char *words[2], text[256];
        memcpy(words, rows[i].words, sizeof words);
        struct arguments a = arguments_over(words, names, countof(names), false);
        struct out message = out_fixed(text, sizeof text);
        assert_int_equal(arguments_next(&a, &message).kind, ARGUMENT_BAD);
        assert_text(&message, rows[i].message);
    }
}

#ifdef __GLIBC__
/* The same text from the C library; it puts words behind options. */
static void reference(int argc, char **argv, char *options_text, size_t size, char *words_text)
{
    static const struct option long_names[] = {
        { "verbose", no_argument, NULL, VERBOSE },
        { "file", required_argument, NULL, FILE_NAME },
        { "color", optional_argument, NULL, COLOUR },
        { "time-type", required_argument, NULL, TIME_TYPE },
        { "time-unit", no_argument, NULL, TIME_UNIT },
        { "chatty", no_argument, NULL, VERBOSE },
        { NULL, 0, NULL, 0 },
    };
    struct out o = out_fixed(options_text, size - 1), w = out_fixed(words_text, size - 1);
    int found;

    optind = 0; /* glibc: start anew */
    opterr = 0;
    while ((found = getopt_long(argc, argv, "vf:c:", long_names, NULL)) != -1) {
        int id = found == 'v' ? VERBOSE : found == 'f' ? FILE_NAME : found == 'c' ? COUNT : found;
        if (found == '?') {
            out_text_z(&o, "! ");
            continue;
        }
        out_dec(&o, (u32)id);
        if (optarg != NULL)
            out_format(&o, "=%s", optarg);
        out_char(&o, ' ');
    }
    for (; optind < argc; optind++)
        out_format(&w, "<%s> ", argv[optind]);
    *o.pos = *w.pos = '\0';
}

static void random_command_lines_as_the_library_reads_them(void **state)
{
    static const char *const pool[] = { "-v",     "-vf",      "-fx",           "-f",
                                        "-c",     "-c7",      "-vvc",          "--",
                                        "-",      "",         "word",          "--verbose",
                                        "--verb", "--v",      "--file",        "--file=",
                                        "--fi=y", "--color",  "--color=c",     "--col",
                                        "--time", "--time-t", "--time-unit=1", "--x",
                                        "-x",     "-vx",      "--c",           "--chat",
                                        "---",    "-é",       "--file=--" };
    u32 random = 7;

    for (int round = 0; round < 20000; round++) {
        char *argv[9], options_text[512], words_text[512], ours_options[1024], ours_words[1024];
        int argc = 1;
        argv[0] = (char *)"test";
        for (int n = (int)(random >> 20) % 7; n >= 0; n--) {
            random = random * 1664525 + 1013904223;
            argv[argc++] = (char *)pool[(random >> 8) % countof(pool)];
        }
        argv[argc] = NULL;
        /* Ours, with words and options told apart, before the library moves the pointers around. */
        struct str all = str_of(walk(argv + 1, false));
        struct out options = out_fixed(ours_options, sizeof ours_options - 1);
        struct out words = out_fixed(ours_words, sizeof ours_words - 1);
        while (all.len > 0) {
            struct str one = str_cut(&all, ' ');
            struct out *to = one.len > 0 && one.p[0] == '<' ? &words : &options;
            out_str(to, one);
            out_char(to, ' ');
        }
        *options.pos = *words.pos = '\0';
        reference(argc, argv, options_text, sizeof options_text, words_text);
        assert_string_equal(ours_options, options_text);
        assert_string_equal(ours_words, words_text);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_words),
        cmocka_unit_test(messages),
#ifdef __GLIBC__
        cmocka_unit_test(random_command_lines_as_the_library_reads_them),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
