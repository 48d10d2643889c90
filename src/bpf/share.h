/* Shared tails: code that does the same exists once.  Private to the module. */
#ifndef BPF_SHARE_H
#define BPF_SHARE_H

#include "bpf/assemble.h"

/*
 * Redirects jumps among the items so that fewer of them are reached, and puts a ja where a longer
 * tail is shared.  Targets still lead to later items.  Nothing happens when the arena is full.
 */
void share_tails(struct item *items, u32 count, struct arena *arena);

#endif
