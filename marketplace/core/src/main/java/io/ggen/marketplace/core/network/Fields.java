package io.ggen.marketplace.core.network;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * An object as JSON, YAML and the API show it: named values in order, each a text, a number, a
 * boolean, nothing, an object or a list of these. The accessors read what another program wrote and
 * throw IllegalArgumentException that names the field where it is missing or of another kind. Not
 * thread-safe.
 */
public final class Fields {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Stands for a field without a value. */
    public enum Nothing {
        /** The only one. */
        NOTHING
    }

    /** Adds a text. */
    public Fields put(String name, String value) {
        return add(name, value);
    }

    /** Adds a number. */
    public Fields put(String name, long value) {
        return add(name, value);
    }

    /** Adds a number. */
    public Fields put(String name, double value) {
        return add(name, value);
    }

    /** Adds a boolean. */
    public Fields put(String name, boolean value) {
        return add(name, value);
    }

    /** Adds an object. */
    public Fields put(String name, Fields value) {
        return add(name, value);
    }

    /** Adds a text where there is one, else nothing. */
    public Fields put(String name, Optional<?> value) {
        return value.isPresent() ? add(name, value.get().toString()) : nothing(name);
    }

    /** Adds a number where there is one, else nothing. */
    public Fields put(String name, OptionalDouble value) {
        return value.isPresent() ? add(name, value.getAsDouble()) : nothing(name);
    }

    /** Adds a field without a value. */
    public Fields nothing(String name) {
        return add(name, Nothing.NOTHING);
    }

    /** Adds a list of texts. */
    public Fields texts(String name, List<?> items) {
        List<Object> texts = new ArrayList<>(items.size());
        items.forEach(item -> texts.add(String.valueOf(item)));
        return add(name, Collections.unmodifiableList(texts));
    }

    /** Adds a list of objects. */
    public <T> Fields list(String name, List<? extends T> items, Function<T, Fields> form) {
        List<Object> objects = new ArrayList<>(items.size());
        items.forEach(item -> objects.add(form.apply(item)));
        return add(name, Collections.unmodifiableList(objects));
    }

    /** Adds all fields of another object. */
    public Fields all(Fields others) {
        others.values.forEach(this::add);
        return this;
    }

    private Fields add(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /**
     * Adds a value as a parser made it: a String, Long, Double, Boolean, {@link Nothing}, Fields or
     * a List of these.
     */
    public Fields parsed(String name, Object value) {
        switch (value) {
            case String _, Long _, Double _, Boolean _, Nothing _, Fields _, List<?> _ -> {}
            default -> throw new IllegalArgumentException("no value of a field: " + value);
        }
        return add(name, value);
    }

    /** Returns the values by name, in order; of the kinds that {@link #parsed} takes. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Returns whether the field is there and has a value. */
    public boolean has(String name) {
        Object value = values.get(name);
        return value != null && value != Nothing.NOTHING;
    }

    private <T> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "the field " + name + " is " + (value == null ? "missing" : "of another kind"));
        }
        return type.cast(value);
    }

    /** Returns a text. */
    public String text(String name) {
        return value(name, String.class);
    }

    /** Returns a text where there is one. */
    public Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** Returns a time where there is one. */
    public Optional<Instant> optionalTime(String name) {
        return optionalText(name).map(Fields::instant);
    }

    /** Returns a time. */
    public Instant time(String name) {
        return instant(text(name));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("not a time: " + text, e);
        }
    }

    /** Returns a whole number. */
    public long whole(String name) {
        return value(name, Long.class);
    }

    /** Returns a whole number that fits an int. */
    public int count(String name) {
        long value = whole(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the field " + name + " is out of bounds: " + value);
        }
        return (int) value;
    }

    /** Returns a number. */
    public double number(String name) {
        return value(name, Number.class).doubleValue();
    }

    /** Returns a number where there is one. */
    public OptionalDouble optionalNumber(String name) {
        return has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
    }

    /** Returns a boolean. */
    public boolean flag(String name) {
        return value(name, Boolean.class);
    }

    /** Returns an object. */
    public Fields object(String name) {
        return value(name, Fields.class);
    }

    /** Returns a list of texts. */
    public List<String> texts(String name) {
        return items(name, String.class, text -> text);
    }

    /** Returns a list of objects, each read by {@code form}. */
    public <T> List<T> list(String name, Function<Fields, T> form) {
        return items(name, Fields.class, form);
    }

    private <T, R> List<R> items(String name, Class<T> type, Function<T, R> form) {
        List<R> items = new ArrayList<>();
        for (Object item : value(name, List.class)) {
            if (!type.isInstance(item)) {
                throw new IllegalArgumentException("an item of " + name + " is of another kind");
            }
            items.add(form.apply(type.cast(item)));
        }
        return List.copyOf(items);
    }
}
