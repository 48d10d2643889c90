/*
 * Walking through a command line as GNU getopt_long() does, the same with every C library.
 *
 *   - options may stand anywhere; with `posix`, the first word that is none ends them
 *   - "--" ends them; "-" alone is a word
 *   - short options may be joined (-nA), their value may follow at once (-c5) or as the next word
 *   - long options may be cut to a unique beginning, their value follows '=' or is the next word
 *
 * Nothing is reordered and nothing allocated: words that are no options are handed out in order.
 */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "base/out.h"
#include "base/types.h"

enum argument_value { VALUE_NONE, VALUE_REQUIRED, VALUE_OPTIONAL };

/* An option's spellings; rows with the same `id` are the same option under several names. */
struct argument_name {
    int id;
    char letter;               /* '\0': none */
    const char *name;          /* without the dashes; NULL: none */
    enum argument_value value; /* VALUE_OPTIONAL takes one only behind '=' */
};

enum argument_kind {
    ARGUMENT_END,    /* nothing left */
    ARGUMENT_OPTION, /* `id`, with `value` or NULL */
    ARGUMENT_WORD,   /* `value` */
    ARGUMENT_BAD,    /* the message says why */
};

struct argument {
    enum argument_kind kind;
    int id;
    const char *value; /* points into the command line */
};

struct arguments {
    char *const *words; /* borrowed, ends with NULL; the program's name is not among them */
    const struct argument_name *names; /* borrowed */
    size_t name_count;
    const char *cluster; /* rest of joined short options, or NULL */
    bool posix, words_only;
};

struct arguments arguments_over(char *const *words, const struct argument_name *names,
                                size_t name_count, bool posix);

/*
 * The next argument.  A bad one is described in `message`, in the words of glibc and without a
 * program name; walking may go on behind it.
 */
struct argument arguments_next(struct arguments *a, struct out *message);

#endif
