/*
 * Link-layer header types: what the first byte of a packet belongs to.
 *
 * Inside the program a link type is always the number that savefiles use (LINKTYPE_).  A few have
 * another number in libpcap's interface (DLT_), which is kept for -y and for files written by
 * programs that confused the two.
 */
#ifndef BASE_LINKTYPE_H
#define BASE_LINKTYPE_H

#include "base/str.h"
#include "base/types.h"

enum linktype {
#define LINKTYPE(number, dlt, id, name, text) LINKTYPE_##id = (number),
#include "base/linktype.def"
#undef LINKTYPE
    LINKTYPE_USER2 = 149, /* for anybody's use; macOS wrote what is PKTAP now */
};

struct linktype_info {
    u16 number, dlt;
    u16 name_at, text_at; /* private: see the two functions */
};

/* The name without DLT_, upper case, as -y takes it; the text for people, e.g. "Ethernet". */
const char *linktype_name(const struct linktype_info *info);
const char *linktype_text(const struct linktype_info *info);

/* The row of a file number; NULL when nobody has named it. */
const struct linktype_info *linktype_info(u32 number);

/* The row of a name, in any case, with or without "DLT_"; NULL when there is none. */
const struct linktype_info *linktype_by_name(struct str name);

/* The row whose number in libpcap's interface is this one; NULL when there is none. */
const struct linktype_info *linktype_by_dlt(u32 dlt);

/* The i-th row in order of file number, NULL past the last. */
const struct linktype_info *linktype_row(size_t i);

/*
 * The link type that a number in a savefile means: a DLT_ number whose file number differs (12
 * for raw IP) is translated, any other number is itself.
 */
u32 linktype_from_file(u32 number);

#endif
