/* The attributes of RADIUS: their names, and their values as text. */
#ifndef PRINT_PROTO_RADIUS_ATTRIBUTES_H
#define PRINT_PROTO_RADIUS_ATTRIBUTES_H

#include "print/printer.h"

/* "Unknown" for types without a name. */
const char *radius_attribute_name(u8 type);

/* The value of an attribute: v.len is its length.  Nothing for an empty value. */
void radius_say_value(struct dissect *d, u8 type, struct view v);

#endif
