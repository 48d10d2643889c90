/* A command line walker with the rules of GNU getopt_long(). */
#include "cli/arguments.h"

#include "base/format.h"

struct arguments arguments_over(char *const *words, const struct argument_name *names,
                                size_t name_count, bool posix)
{
    return (struct arguments){
        .words = words, .names = names, .name_count = name_count, .posix = posix
    };
}

static struct argument bad(void)
{
    return (struct argument){ .kind = ARGUMENT_BAD };
}

static struct argument option(const struct argument_name *row, const char *value)
{
    return (struct argument){ ARGUMENT_OPTION, row->id, value };
}

/* Rows whose long name begins with `text`; an exact match is alone.  NULL: none, or several. */
static const struct argument_name *find_long(const struct arguments *a, struct str text,
                                             bool *ambiguous)
{
    const struct argument_name *found = NULL;

    *ambiguous = false;
    for (size_t i = 0; i < a->name_count; i++) {
        const struct argument_name *row = &a->names[i];
        if (row->name == NULL || !str_starts(str_of(row->name), text))
            continue;
        if (strlen(row->name) == text.len) {
            *ambiguous = false;
            return row;
        }
        if (found != NULL && found->id != row->id)
            *ambiguous = true;
        else
            found = row;
    }
    return *ambiguous ? NULL : found;
}

static void list_possibilities(const struct arguments *a, struct str text, struct out *message)
{
    out_format(message, "option '--%pS' is ambiguous; possibilities:", (const void *)&text);
    for (size_t i = 0; i < a->name_count; i++)
        if (a->names[i].name != NULL && str_starts(str_of(a->names[i].name), text))
            out_format(message, " '--%s'", a->names[i].name);
}

/* "--name", "--name=value"; `text` is what follows the dashes. */
static struct argument long_option(struct arguments *a, const char *text, struct out *message)
{
    struct str name = str_of(text);
    size_t equals = str_find(name, '=');
    const char *value = equals < name.len ? text + equals + 1 : NULL;
    bool ambiguous;

    name.len = equals;
    const struct argument_name *row = find_long(a, name, &ambiguous);
    if (row == NULL) {
        if (ambiguous)
            list_possibilities(a, name, message);
        else
            out_format(message, "unrecognized option '--%s'", text);
        return bad();
    }
    if (value != NULL && row->value == VALUE_NONE) {
        out_format(message, "option '--%s' doesn't allow an argument", row->name);
        return bad();
    }
    if (value == NULL && row->value == VALUE_REQUIRED) {
        if (*a->words == NULL) {
            out_format(message, "option '--%s' requires an argument", row->name);
            return bad();
        }
        value = *a->words++;
    }
    return option(row, value);
}

/* The next letter of joined short options. */
static struct argument short_option(struct arguments *a, struct out *message)
{
    char letter = *a->cluster++;
    const char *rest = a->cluster;

    if (*rest == '\0')
        a->cluster = NULL;
    for (size_t i = 0; i < a->name_count; i++) {
        const struct argument_name *row = &a->names[i];
        if (row->letter != letter)
            continue;
        if (row->value != VALUE_REQUIRED)
            return option(row, NULL);
        a->cluster = NULL;
        if (*rest != '\0')
            return option(row, rest);
        if (*a->words == NULL) {
            out_format(message, "option requires an argument -- '%c'", letter);
            return bad();
        }
        return option(row, *a->words++);
    }
    out_format(message, "invalid option -- '%c'", letter);
    return bad();
}

struct argument arguments_next(struct arguments *a, struct out *message)
{
    if (a->cluster != NULL)
        return short_option(a, message);
    if (*a->words == NULL)
        return (struct argument){ .kind = ARGUMENT_END };
    const char *word = *a->words++;
    if (a->words_only || word[0] != '-' || word[1] == '\0') {
        a->words_only = a->words_only || a->posix;
        return (struct argument){ ARGUMENT_WORD, 0, word };
    }
    if (word[1] != '-') {
        a->cluster = word + 1;
        return short_option(a, message);
    }
    if (word[2] == '\0') {
        a->words_only = true;
        return arguments_next(a, message);
    }
    return long_option(a, word + 2, message);
}
