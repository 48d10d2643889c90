/* The names of network interfaces, asked of the kernel. */
#ifndef NAMES_SYSTEM_INTERFACE_H
#define NAMES_SYSTEM_INTERFACE_H

#include "base/str.h"
#include "base/types.h"

enum { INTERFACE_NAME_MAX = 16 };

/* Remembers the last answer, as packets of one interface come in runs. */
struct interface_names {
    int fd;    /* -1: not open yet */
    u32 index; /* of `text`; 0: none */
    u32 len;
    char text[INTERFACE_NAME_MAX];
};

/* Opens what interface_name() needs, which it does by itself otherwise. */
void interface_names_open(struct interface_names *n);

/* The name of the interface with the kernel's number `index`; empty when there is none. */
struct str interface_name(struct interface_names *n, u32 index);

void interface_names_close(struct interface_names *n);

#endif
