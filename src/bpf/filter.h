/*
 * The front door of the filter compiler: the text of an expression in, a program for the classic
 * BPF machine out.
 *
 *     struct arena arena = arena_over(block, FILTER_ARENA_BYTES);
 *     struct diag diag = { .text = &arena };
 *     struct filter_options options = { .linktype = LINKTYPE_EN10MB, .optimise = true };
 *     struct filter filter;
 *     if (!filter_compile(&filter, str_of("tcp port 80"), &options, &arena, &diag))
 *         diag_show(&diag, text, err);
 *
 * A pure function: no I/O, no globals, no allocation but from the arena.  Names of hosts, ports and
 * protocols are asked from the resolver of the options; it alone may reach outside.
 */
#ifndef BPF_FILTER_H
#define BPF_FILTER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/types.h"
#include "bpf/insn.h"
#include "names/resolver.h"

enum {
    FILTER_SNAPLEN = 262144,         /* what an accepted packet returns unless asked otherwise */
    FILTER_ARENA_BYTES = 48u << 20,  /* enough for any program that fits the machine */
};

/* All zero means: a savefile with link type 0, unoptimised, no names known. */
struct filter_options {
    u32 linktype;       /* LINKTYPE_*, base/linktype.h */
    u32 snaplen;        /* bytes that an accepted packet returns; 0 stands for FILTER_SNAPLEN */
    u32 netmask;        /* host byte order, for `ip broadcast`; only if netmask_known */
    bool netmask_known;
    bool live;          /* for a Linux packet socket: loads of kernel metadata (SKF_AD_*) are allowed */
    bool optimise;
    bool plain;         /* the plain dialect, see docs/filter-language.md */
    const struct resolver *names; /* NULL: no name is known */
};

/* A compiled filter.  Everything it points to lives in the arena, and as long as that. */
struct filter {
    const struct bpf_insn *insns;
    u32 count;          /* at least 1; may exceed BPF_INSNS_MAX: then only bpf_run() can run it */
};

/*
 * Compiles `text`; the empty text, or blanks, accept every packet.
 *
 * False when the text is not a filter, when it makes no sense on the link type, when it plainly cannot
 * match any packet ("expression rejects all packets", only with `optimise`; bpf/refuse.h says what is
 * plain), or when it does not fit the machine or the arena; `*diag` then says what and where, and
 * `*filter` is empty.  `text` and the options are not kept.
 */
bool filter_compile(struct filter *filter, struct str text, const struct filter_options *options,
                    struct arena *arena, struct diag *diag);

/* Whether a program accepts nothing, by its one instruction: the expression is worth a warning. */
bool filter_is_never(const struct filter *filter);

#endif
