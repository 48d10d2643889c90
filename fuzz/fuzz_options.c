/*
 * Any bytes as a command line: words end with a zero or a line feed.
 *
 *   byte 0: 1 POSIXLY_CORRECT;  then the words
 *
 * What is parsed must refer to the words given and to nothing else, obey the bounds that
 * cli/options.h states, and be the same the second time.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "memory.h"

enum { POSIX = 1, WORDS_MAX = 64 };

static char *words[WORDS_MAX + 1];
static size_t word_count;

static void split(char *text, size_t size)
{
    word_count = 0;
    for (char *at = text, *end = text + size; at < end && word_count < WORDS_MAX;
         at += strlen(at) + 1) {
        for (char *p = at; *p != '\0'; p++)
            if (*p == '\n')
                *p = '\0';
        words[word_count++] = at;
    }
    words[word_count] = NULL;
}

static bool is_given(const char *text, const char *beg, size_t size)
{
    return text == NULL || (text >= beg && text <= beg + size);
}

static enum options_result parse(struct options *o, bool posix, struct options_room room)
{
    static int nowhere = -1;
    if (nowhere < 0)
        nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    const struct console console = { "fuzz", nowhere };
    return options_parse(o, words, room, posix, &console);
}

static void check_parsed(const struct options *o, const char *text, size_t size)
{
    must(o->place_count >= 1 && o->place_count <= word_count + 1);
    must(o->word_count <= word_count);
    for (size_t i = 0; i < o->word_count; i++)
        must(is_given(o->words[i], text, size));
    for (u32 i = 0; i < o->place_count; i++)
        must(is_given(o->places[i].device, text, size) && is_given(o->places[i].netns, text, size));
    must(is_given(o->read_file, text, size) && is_given(o->read_list, text, size));
    must(is_given(o->write_file, text, size) && is_given(o->filter_file, text, size));
    must(is_given(o->post_command, text, size) && is_given(o->comment, text, size));
    must(o->live.snaplen > 0 && o->live.snaplen <= SNAPLEN_MAX);
    if (o->write_file != NULL)
        options_pcapng(o);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
    static const char *kept[2][WORDS_MAX + 1];
    static struct live_place places[2][WORDS_MAX + 1];
    struct options first, second;

    if (size < 1)
        return 0;
    const bool posix = data[0] & POSIX;
    char *text = malloc(size); /* one byte for the last zero, none for the first */
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    split(text, size);
    const enum options_result result = parse(&first, posix,
                                             (struct options_room){ kept[0], places[0] });
    must(result == parse(&second, posix, (struct options_room){ kept[1], places[1] }));
    if (result == OPTIONS_OK) {
        check_parsed(&first, text, size);
        must(first.word_count == second.word_count && first.limit == second.limit);
    }
    free(text);
    return 0;
}
