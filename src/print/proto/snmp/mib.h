/*
 * Names of the objects that SNMP tells of: the tree of ISO down to MIB-II (RFC 1213), the first
 * private enterprises, and the modules of version 3.
 *
 *      const struct mib_object descr = mib_below(mib_below(...), 1);   1.3.6.1.2.1.1.1
 *      mib_name(descr)                                                 "sysDescr"
 */
#ifndef PRINT_PROTO_SNMP_MIB_H
#define PRINT_PROTO_SNMP_MIB_H

#include "base/types.h"

/* An object of the tree: MIB_ROOT, which has no name, MIB_UNKNOWN, or what mib_below() has found.
 */
enum { MIB_ROOT, MIB_UNKNOWN = UINT16_MAX };

/* The object with the number `arc` below `object`, or MIB_UNKNOWN. */
u32 mib_below(u32 object, u32 arc);

/* The name of an object that mib_below() has found. */
const char *mib_name(u32 object);

/* Whether the name stands for the whole way to the object, from the root on: "", "E:". */
bool mib_is_abbreviation(u32 object);

#endif
