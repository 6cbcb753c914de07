-- Keep catalog_listingentry beside catalog_product. An import (which changes file_id) is entered by its own statement.
CREATE FUNCTION catalog_enter_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_listingentry
        (product_id, merchant_id, search_text, vendor, product_type, status, undescribed)
    VALUES (NEW.id, NEW.merchant_id, NEW.search_text, NEW.vendor, NEW.product_type, NEW.status, NEW.description = '')
    ON CONFLICT (product_id) DO UPDATE SET
        search_text = excluded.search_text, vendor = excluded.vendor, product_type = excluded.product_type,
        status = excluded.status, undescribed = excluded.undescribed;
    RETURN NULL;
END $$;

CREATE FUNCTION catalog_leave_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalog_listingentry WHERE product_id = OLD.id;
    RETURN NULL;
END $$;

CREATE TRIGGER product_enters AFTER INSERT ON catalog_product
    FOR EACH ROW WHEN (NEW.file_id IS NULL) EXECUTE FUNCTION catalog_enter_product();

CREATE TRIGGER product_changes AFTER UPDATE ON catalog_product
    FOR EACH ROW WHEN (
        OLD.file_id IS NOT DISTINCT FROM NEW.file_id
        AND (OLD.search_text, OLD.vendor, OLD.product_type, OLD.status, OLD.description = '')
            IS DISTINCT FROM (NEW.search_text, NEW.vendor, NEW.product_type, NEW.status, NEW.description = '')
    ) EXECUTE FUNCTION catalog_enter_product();

CREATE TRIGGER product_leaves AFTER DELETE ON catalog_product
    FOR EACH ROW EXECUTE FUNCTION catalog_leave_product();

INSERT INTO catalog_listingentry (product_id, merchant_id, search_text, vendor, product_type, status, undescribed)
SELECT id, merchant_id, search_text, vendor, product_type, status, description = '' FROM catalog_product;
UPDATE catalog_catalogfile SET listed_at = now() WHERE status = 'published';
