/* What the files of LLDP share. */
#ifndef PRINT_PROTO_LLDP_LLDP_H
#define PRINT_PROTO_LLDP_LLDP_H

#include "print/values.h"

/* Every TLV of an organization begins with its OUI and a subtype of its own. */
enum { LLDP_SUBTYPE = 3, LLDP_SUBTYPE_LEN = 4 };

/*
 * The printers of organizations get the whole value of a TLV, all of it captured.  They return true
 * when it should be dumped at -v, because its subtype is unknown or it contradicts itself.
 */
bool lldp_8021(struct dissect *d, struct view v);
bool lldp_8023(struct dissect *d, struct view v);
bool lldp_tia(struct dissect *d, struct view v);
bool lldp_dcbx(struct dissect *d, struct view v);

/*
 * "VLAN name Subtype (3)", for TLVs that are long enough.  False when there is no subtype, which
 * is not said.
 */
bool lldp_say_subtype(struct dissect *d, const struct names *subtypes, struct view v);

/* The text in `v`, up to a zero byte. */
void lldp_say_text(struct dissect *d, struct view v);

/* Link aggregation, which both 802.1 and 802.3 have defined. */
void lldp_say_aggregation(struct dissect *d, struct view v);

#endif
