/* What the parts of the RSVP printer share. */
#ifndef PRINT_PROTO_RSVP_RSVP_H
#define PRINT_PROTO_RSVP_RSVP_H

#include "print/dissect.h"

/* What became of an object. */
enum rsvp_object {
    RSVP_SHOWN,
    RSVP_UNKNOWN,   /* not, or not all of it: the caller dumps it */
    RSVP_TOO_SHORT, /* nothing behind it can be trusted */
    RSVP_INVALID,   /* the same, and the printer has said why */
};

/* The contents of an object of the given type; each line begins with `indent`. */
typedef enum rsvp_object rsvp_printer(struct dissect *d, struct view v, u8 type,
                                      const char *indent);

rsvp_printer rsvp_intserv; /* flow specifications, traffic specifications, advertisements */
rsvp_printer rsvp_label, rsvp_label_request, rsvp_label_set;
rsvp_printer rsvp_route; /* explicit and recorded */
rsvp_printer rsvp_generalized_uni;

/* An IPv4 address when `type` is 1 or 3, an IPv6 address when it is 2 or 4; 0 for others. */
u32 rsvp_address_len(u8 type);
void rsvp_say_address(struct dissect *d, struct view v, u32 off, u32 len);

#endif
