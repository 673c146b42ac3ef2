/** What all endpoints of this service share. */
package dev.catnap.cost.http;
