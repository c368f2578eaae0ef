/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_XML_H
#define TH_IO_XML_H

/* The XML of a package's parts, element by element, through expat: flat memory, no document types, no entities, nothing nested deeper or named
 * in more ways than an office program does. */

#include "io/package.h"

typedef struct th_xml th_xml;

/* What is made of it. Elements have their local names, in the transitional namespaces of ECMA-376 or in the strict ones, whatever their
 * prefix; elements of other namespaces are left out. Attributes stand as name and value by turns, NULL behind the last. What a function
 * returns with anything but TH_OK ends the reading with that status. */
typedef struct th_xml_use {
	th_status (*start)(void *user, const char *name, const char *const *attributes);
	th_status (*end)(void *user, const char *name);
	void (*text)(void *user, const char *text, size_t len); /* in pieces; NULL: none is wanted */
} th_xml_use;

/* Where text comes from: as th_part_read. */
typedef struct th_xml_input {
	th_status (*read)(void *from, void *to, size_t len, size_t *got);
	void *from;
	const char *path, *name; /* the file, and the part in it, for messages; they must outlive the reader */
	th_diags *diags;
} th_xml_input;

TH_MUST_USE th_status th_xml_open(const th_xml_input *input, const th_xml_use *use, void *user, th_xml **out);
/* Read on until a function has asked for a pause, or to the end. */
TH_MUST_USE th_status th_xml_go(th_xml *xml, bool *end);
void th_xml_pause(th_xml *xml);
/* From the functions alone: whether text is wanted, which costs a call for every piece. */
void th_xml_want_text(th_xml *xml, bool wanted);
void th_xml_close(th_xml *xml);

/* All of a part at once. */
TH_MUST_USE th_status th_xml_part(th_package *package, const char *part, const th_xml_use *use, void *user);

/* The value of an attribute without a namespace; NULL when there is none. */
const char *th_xml_attribute(const char *const *attributes, const char *name);
/* The one that names a relationship: r:id, whatever its prefix. */
const char *th_xml_relation(const char *const *attributes);

/* A number of decimal digits alone, up to `most`; false otherwise. */
bool th_xml_index(const char *text, size_t most, size_t *out);
/* Booleans of XML Schema; NULL is false. */
bool th_xml_flag(const char *text);

void th_xml_library(th_buf *out); /* name and version of the one that is used */

#endif
