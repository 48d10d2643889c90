/* The attributes of RADIUS: their names, and their values as text. */
#ifndef PRINT_PROTO_RADIUS_ATTRIBUTES_H
#define PRINT_PROTO_RADIUS_ATTRIBUTES_H

#include "print/printer.h"

/* "Unknown" for types without a name. */
const char *radius_attribute_name(u8 type);

/* The value of an attribute: v.len is its length.  Nothing for an empty value. */
void radius_say_value(struct dissect *d, u8 type, struct view v);


/* The names of enumerated values. */
extern const struct name radius_service_types[], radius_framed_protocols[], radius_routings[],
    radius_compressions[], radius_login_services[], radius_termination_actions[],
    radius_accounting_states[], radius_authentics[], radius_terminate_causes[],
    radius_ingress_filters[], radius_port_types[], radius_zone_accesses[], radius_prompts[],
    radius_tunnel_types[], radius_tunnel_media[], radius_error_causes[];

#endif
